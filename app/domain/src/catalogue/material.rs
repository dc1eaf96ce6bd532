//! Materials (申请材料): which papers an item asks for.

use serde::{Deserialize, Serialize};

use crate::consents::Sensitive;
use crate::forms::Condition;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    pub key: String,
    pub name: String,
    pub necessity: Necessity,
    pub source: Source,
    /// How it is photographed, what is checked, where it is got.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Asked for only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Why the form does not ask for it (the form itself replaces it, the registers are asked …).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub not_asked_because: String,
    /// 审查要点: what the worker looks at, and when it is right.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub checks: String,
    #[serde(default, skip_serializing_if = "MaterialForm::is_either")]
    pub form: MaterialForm,
    /// 告知承诺: the resident may promise it in writing instead; it is checked after the decision.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub promise: bool,
    #[serde(default = "max_files")]
    pub max_files: usize,
    /// What it is wherever it is asked for: a resident who kept one may use it again. None: it is this item's alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The kind of protected data that it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitive: Option<Sensitive>,
}

fn max_files() -> usize {
    4
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Necessity {
    /// 必要
    Required,
    /// 非必要
    Optional,
    /// 容缺后补
    Deferrable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// 申请人自备
    #[serde(rename = "self")]
    Own,
    /// 政府部门核发
    #[serde(rename = "government")]
    Government,
}

/// 材料形式
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaterialForm {
    /// 纸质
    Paper,
    /// 电子
    Electronic,
    /// 均可
    #[default]
    Either,
}

impl MaterialForm {
    fn is_either(&self) -> bool {
        *self == Self::Either
    }
}
