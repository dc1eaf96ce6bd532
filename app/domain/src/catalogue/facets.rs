//! The ways to find an item: by subject, by who I am, by what happened in my life.

/// A key that stands in addresses and item files, with its name for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facet {
    pub key: &'static str,
    pub name: &'static str,
}

const fn facet(key: &'static str, name: &'static str) -> Facet {
    Facet { key, name }
}

pub const CATEGORIES: &[Facet] = &[
    facet("relief", "低保和救助"),
    facet("elderly", "养老"),
    facet("disability", "残疾人服务"),
    facet("work", "就业和失业"),
    facet("pension", "社保和养老保险"),
    facet("health", "看病和医保"),
    facet("family", "生育和儿童"),
    facet("veterans", "退役军人"),
    facet("housing", "住房"),
    facet("residence", "户籍和居住"),
    facet("legal", "法律帮助"),
    facet("community", "社区服务"),
];

pub const AUDIENCES: &[Facet] = &[
    facet("elderly", "老人"),
    facet("disabled", "残疾人"),
    facet("jobseeker", "求职和失业人员"),
    facet("parents", "新生儿父母和孕妇"),
    facet("children", "未成年人"),
    facet("veteran", "退役军人和军属"),
    facet("poor", "生活困难家庭"),
    facet("newcomer", "外来居住人员"),
    facet("tenant", "租房和买房的人"),
    facet("worker", "在职和灵活就业人员"),
    facet("organisation", "社会组织和志愿者"),
    facet("everyone", "所有居民"),
];

pub const LIFE_EVENTS: &[Facet] = &[
    facet("birth", "生孩子"),
    facet("school", "上学"),
    facet("job", "找工作、创业"),
    facet("unemployed", "失业了"),
    facet("illness", "生病住院"),
    facet("disability", "身体残疾"),
    facet("hardship", "家里遇到困难"),
    facet("retirement", "退休"),
    facet("old_age", "年纪大了"),
    facet("moving", "搬家、租房"),
    facet("discharge", "退役返乡"),
    facet("death", "亲人去世"),
    facet("dispute", "有了纠纷"),
];

/// The name of a key in one of the lists.
pub fn facet_name(list: &[Facet], key: &str) -> Option<&'static str> {
    list.iter().find(|facet| facet.key == key).map(|facet| facet.name)
}
