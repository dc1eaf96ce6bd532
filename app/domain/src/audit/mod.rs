//! What the audit records: deeds, each with its words for the resident whose data it was about.

mod unusual;
mod view;

pub use unusual::{Look, MANY_CASES, Unusual, surname, unusual};
pub use view::{AuditHome, AuditLine, AuditList, AuditQuestion, LooksOfDay, Purpose, REASON, SearchBy, UnusualCount};

use crate::cases::Step;

/// What was done. A write is one of these, and so is each look at personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    Plain(Plain),
    /// A step on a case.
    Step(Step),
}

macro_rules! plain {
    ($($(#[$doc:meta])* $name:ident $key:literal $words:literal)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Plain { $($(#[$doc])* $name),* }

        impl Plain {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// As it is stored.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// As it is said to people.
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words),* }
            }
        }
    };
}

plain! {
    // Looks.
    SawCase "saw-case" "查看了办件"
    SawDraft "saw-draft" "打开了草稿"
    SawAnswers "saw-answers" "查看了遮住的内容"
    SawFile "saw-file" "打开了上传的材料"
    SawNotice "saw-notice" "打开了文书"
    SawQueue "saw-queue" "查看了办件列表（姓名遮住一部分）"
    SawCustody "saw-custody" "查看了保管材料清单"
    SawAppointments "saw-appointments" "查看了预约"
    SawLooks "saw-looks" "查看了谁看过自己的信息"
    SawMandates "saw-mandates" "查看了授权"
    SawDocuments "saw-documents" "查看了自己的材料"
    SawHousehold "saw-household" "查看了自己的家人"
    SawConsents "saw-consents" "查看了自己的同意"
    SawOwnData "saw-own-data" "查看了自己的全部信息"
    FoundCase "found-case" "凭办件编号和手机尾号查到了办件"
    OpenedLink "opened-link" "用回执上的二维码打开了办件"
    SawAudit "saw-audit" "查看了审计记录"
    // Residents' writes.
    BeganSession "began-session" "开始使用"
    KeptSession "kept-session" "继续使用"
    Said "said" "页面上给出了提示"
    BeganDraft "began-draft" "开始填写"
    SavedPage "saved-page" "保存了一页"
    AddedFile "added-file" "上传了材料"
    RemovedFile "removed-file" "删掉了材料"
    MadeResumeCode "made-resume-code" "生成了续填码"
    ResumedDraft "resumed-draft" "用续填码接着填"
    CarriedDraft "carried-draft" "草稿换到了新版表单"
    DiscardedDraft "discarded-draft" "删掉了草稿"
    TriedToSubmit "tried-to-submit" "准备提交，还有要改的地方"
    Submitted "submitted" "提交了申请"
    Corrected "corrected" "提交了补正"
    Withdrew "withdrew" "撤回了申请"
    Wrote "wrote" "给办理部门留言"
    Rated "rated" "评价了服务"
    Objected "objected" "对公示提出了意见"
    // Residents' accounts.
    AskedCode "asked-code" "要了短信验证码"
    TriedCode "tried-code" "填了短信验证码"
    ResidentSignedIn "resident-signed-in" "居民登录"
    ResidentSignedOut "resident-signed-out" "居民退出"
    ProvedAgain "proved-again" "再次确认了本人"
    DeviceSignedOut "device-signed-out" "让一台设备退出"
    Joined "joined" "把办件归到账号"
    TriedName "tried-name" "核对姓名和身份证号码"
    ProvedName "proved-name" "通过了实名"
    ProvedOther "proved-other" "确认了另一个账号也是本人的"
    Merged "merged" "两个账号合并"
    ChangedPhone "changed-phone" "换了手机号"
    WentToCity "went-to-city" "去城市统一身份认证"
    CameFromCity "came-from-city" "从城市统一身份认证回来"
    Forgot "forgot" "清理过期的登录记录"
    AskedAboutLook "asked-about-look" "问了一条查看记录"
    GaveMandate "gave-mandate" "授权别人代办"
    RevokedMandate "revoked-mandate" "撤回了授权"
    DeclaredGuardian "declared-guardian" "登记为孩子的监护人"
    BeganUnderMandate "began-under-mandate" "凭授权开始代办"
    TookOver "took-over" "用领取码接管了办件"
    TookKnown "took-known" "用了以前填过、存过的内容"
    KeptDocument "kept-document" "把材料留着下次用"
    DatedDocument "dated-document" "改了材料的有效期"
    DroppedDocument "dropped-document" "删掉了留着的材料"
    AddedMember "added-member" "加了一位家人"
    RemovedMember "removed-member" "删掉了一位家人"
    ChoseKept "chose-kept" "选了哪些内容下次接着用"
    WithdrewConsent "withdrew-consent" "撤回了单独同意"
    CopiedData "copied-data" "下载了自己的全部信息"
    ClosedAccount "closed-account" "注销了账号"
    // Workers' writes.
    AnsweredLook "answered-look" "答复了查看记录的疑问"
    SignedIn "signed-in" "登录"
    SignedOut "signed-out" "退出"
    TriedPassword "tried-password" "输入了登录密码"
    TriedDeskCode "tried-desk-code" "输入了动态码"
    MissedCode "missed-code" "动态码不对"
    TriedPasskey "tried-passkey" "用了通行密钥"
    MissedPasskey "missed-passkey" "通行密钥没有通过"
    BeganPasskey "began-passkey" "准备登记通行密钥"
    AddedPasskey "added-passkey" "登记了通行密钥"
    RemovedPasskey "removed-passkey" "删掉了通行密钥"
    PassedPassword "passed-password" "密码正确，等待动态码"
    BeganSettingUpCodes "began-setting-up-codes" "准备换一部手机出动态码"
    SetUpCodes "set-up-codes" "换了出动态码的手机"
    NotedRecoveryCodes "noted-recovery-codes" "记下了恢复码"
    MadeRecoveryCodes "made-recovery-codes" "重新生成了恢复码"
    ChangedPassword "changed-password" "修改了密码"
    Proved "proved" "再次验证了身份"
    EndedSession "ended-session" "让一台设备退出"
    ChosePassword "chose-password" "凭邀请设了密码"
    CreatedWorker "created-worker" "新建了工作人员账号"
    EndedWorker "ended-worker" "停用了工作人员账号"
    RestoredWorker "restored-worker" "恢复了工作人员账号"
    ResetWorker "reset-worker" "让工作人员重设密码"
    ForgotCodes "forgot-codes" "解除了工作人员的手机绑定"
    InvitedFirstAdministrators "invited-first-administrators" "邀请了第一批管理员"
    BecameFirstAdministrator "became-first-administrator" "第一位管理员设好了账号"
    ProposedRight "proposed-right" "提出了要两人同意的权限"
    ApprovedRight "approved-right" "批准了要两人同意的权限"
    DroppedProposal "dropped-proposal" "没有批准要两人同意的权限"
    Replied "replied" "回复了留言"
    Noted "noted" "写了内部备注"
    Rectified "rectified" "处理了差评"
    Instructed "instructed" "督办"
    Explained "explained" "说明了超期原因"
    SettledObjection "settled-objection" "核实了公示期间的意见"
    GaveOut "gave-out" "交还了代管的材料"
    BookedAppointment "booked-appointment" "约好了办理时间"
    SettledAppointment "settled-appointment" "登记了预约的结果"
    SetCalendar "set-calendar" "修改了工作日历"
    GaveRight "gave-right" "授予了权限"
    TookRight "took-right" "收回了权限"
    MadeContract "made-contract" "登记了承接合同"
    EndedContract "ended-contract" "结束了承接合同"
    RenamedOrganisation "renamed-organisation" "更正了承接组织的名称"
    DeclaredTie "declared-tie" "申报了回避的人"
    SearchedAudit "searched-audit" "查询了审计记录"
    // What happens by itself.
    Woke "woke" "到了期限，系统自动处理"
    Recomputed "recomputed" "日历有变，重新算了期限"
    Recoloured "recoloured" "更新了期限提醒"
    MovedOffice "moved-office" "机构调整，转到了新的机构"
    Anonymised "anonymised" "保存期满，去掉了个人信息"
    ForgotDraft "forgot-draft" "很久没填的草稿，系统删掉了"
    Reminded "reminded" "准备了提醒短信"
    ScannedFile "scanned-file" "查了上传的文件有没有病毒"
    ClaimedMessage "claimed-message" "准备发短信"
    SentMessage "sent-message" "发了短信"
    AddedKey "added-key" "启用了新的加密密钥"
    Resealed "resealed" "用新的密钥重新加密"
    RetiredKey "retired-key" "销毁了旧的加密密钥"
    SweptSignIns "swept-sign-ins" "清理了过期的登录记录"
    FailedMessage "failed-message" "短信没发出去，稍后再发"
}

impl Deed {
    /// As it is stored.
    pub fn key(self) -> String {
        match self {
            Self::Plain(plain) => plain.key().to_owned(),
            Self::Step(step) => format!("step-{}", step.key()),
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        match key.strip_prefix("step-") {
            Some(step) => Step::from_key(step).map(Self::Step),
            None => Plain::ALL.iter().find(|plain| plain.key() == key).map(|plain| Self::Plain(*plain)),
        }
    }

    /// As it is said to people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Plain(plain) => plain.words(),
            Self::Step(step) => step.name(),
        }
    }

    /// Personal data was seen and nothing changed.
    pub fn is_look(self) -> bool {
        self.key().starts_with("saw-") || matches!(self, Self::Plain(Plain::FoundCase | Plain::OpenedLink))
    }
}

impl From<Plain> for Deed {
    fn from(plain: Plain) -> Self {
        Self::Plain(plain)
    }
}

impl From<Step> for Deed {
    fn from(step: Step) -> Self {
        Self::Step(step)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_deed_has_a_key_of_its_own_and_is_found_by_it() {
        let all = Plain::ALL.iter().map(|plain| Deed::from(*plain)).chain(Step::ALL.into_iter().map(Deed::from));
        let mut keys = BTreeSet::new();
        for deed in all {
            assert_eq!(Deed::from_key(&deed.key()), Some(deed));
            assert!(keys.insert(deed.key()), "{} twice", deed.key());
            assert!(!deed.words().is_empty());
        }
        assert_eq!(Deed::from_key("step-nothing"), None);
    }

    #[test]
    fn looks_are_told_from_writes() {
        assert!(Deed::from(Plain::SawCase).is_look() && Deed::from(Plain::FoundCase).is_look());
        assert!(!Deed::from(Plain::SavedPage).is_look() && !Deed::from(Step::Accept).is_look());
    }
}
