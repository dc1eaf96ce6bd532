//! What this service is, what happens to personal data, and who helps.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::layout::ResidentLayout;
use crate::ui::{Page, PageTitle, SampleMark};

/// `/about`
#[component]
pub fn AboutPage() -> impl IntoView {
    view! {
        <Title text="关于通办"/>
        <ResidentLayout>
            <Page>
                <PageTitle
                    title="关于通办"
                    lead="社区的事，在手机上找、在手机上办。不会用，就近的社区窗口帮您办。"
                />
                <Service/>
                <PersonalData/>
                <Accessibility/>
                <Help/>
                <SampleFacts/>
                <p class="tb-hint">"您是工作人员？"<a href="/desk">"到工作台"</a></p>
            </Page>
        </ResidentLayout>
    }
}

#[component]
fn Service() -> impl IntoView {
    view! {
        <section class="tb-section" id="service">
            <h2>"这里能做什么"</h2>
            <ul>
                <li>"看每件事谁能办、带什么、多久、多少钱、谁决定。"</li>
                <li>"先答几个小问题，看看自己能不能办。"</li>
                <li>"网上填表、拍照交材料，提交后马上有编号。"</li>
                <li>"随时查进度：办到哪一步、在谁手里、最晚哪天有结果。"</li>
                <li><a href="/announcements">"看社区公示"</a>"：有的事决定以前要听邻居的意见，有不同意见可以提。"</li>
            </ul>
            <p>"有的事还不能在网上办，那一页会写清楚到哪里办。"</p>
        </section>
    }
}

#[component]
fn PersonalData() -> impl IntoView {
    view! {
        <section class="tb-section" id="privacy">
            <h2>"个人信息怎么用、怎么保护"</h2>
            <ul>
                <li>"只问办这件事用得着的。身份证号码里有的出生日期、性别，不再问您。"</li>
                <li>"您填的、拍的，只用来办您申请的这件事。"</li>
                <li>"只有经办这件事的工作人员能看。别人猜到编号也看不到。"</li>
                <li>"照片里藏着的拍摄地点等信息，上传时就去掉。"</li>
                <li>"回执上不印身份证号码，可以放心交给别人看。"</li>
                <li>"查进度要办件编号，加手机号码后四位。专用链接和二维码不用手机号就能打开，请像钥匙一样收好。"</li>
                <li>"这台设备上存一个小记号（Cookie），为的是您回来能接着填。没有广告，也不跟踪您。"</li>
            </ul>
            <p>"用的是别人的手机或公用电脑？没填完又不想留着的，在“核对您填的内容”那一页删掉草稿再走。"</p>
        </section>
    }
}

#[component]
fn Accessibility() -> impl IntoView {
    view! {
        <section class="tb-section" id="accessibility">
            <h2>"看不清、用不惯怎么办"</h2>
            <ul>
                <li>"字小：用浏览器或手机的“字体大小”调大，页面会跟着变，不会挤出去。"</li>
                <li>"怕光：手机开了深色模式，这里也跟着变深色。"</li>
                <li>"用读屏软件或只用键盘：每一步都能用。按 Tab 键，第一个就是“跳到正文”。"</li>
                <li>"手机旧、网慢：页面不靠脚本也能填、能交、能查。"</li>
            </ul>
        </section>
    }
}

#[component]
fn Help() -> impl IntoView {
    view! {
        <section class="tb-section" id="help">
            <h2>"找人帮忙"</h2>
            <ul>
                <li>"就近的社区窗口：工作人员可以替您填表，您带上材料就行。"</li>
                <li>"出不了门：请家人代办，或者打电话给社区，请工作人员想办法。"</li>
                <li>"市民热线："<a href="tel:12345">"12345"</a></li>
            </ul>
        </section>
    }
}

#[component]
fn SampleFacts() -> impl IntoView {
    view! {
        <section class="tb-section" id="sample">
            <h2>"“示例数据”是什么意思"</h2>
            <p><SampleMark/></p>
            <p>
                "看到这个记号，说明旁边的时间、条件、材料或钱数还没有和主管部门核对过，只是举例。办事之前，请以主管部门公布的为准，或者先问一问社区窗口。"
            </p>
        </section>
    }
}
