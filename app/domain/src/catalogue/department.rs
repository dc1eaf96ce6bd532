//! Departments (部门) whose business comes to the window.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Department {
    民政,
    人社,
    医保,
    卫健,
    残联,
    退役军人,
    #[serde(rename = "房产/住建")]
    房产,
    #[serde(rename = "公安(协办)")]
    公安,
    司法,
    教育,
    工会,
    #[serde(rename = "社区(居委会)")]
    社区,
}

/// Whom to call about items of a department. Sample data until each bureau has confirmed its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact {
    pub ask: &'static str,
    pub complain: &'static str,
    pub hours: &'static str,
}

impl Department {
    /// The hotline of the subject where there is one (national short numbers with the city's area code), else the
    /// city's 12345, which then leaves complaints to the supervision line.
    pub fn contact(self) -> Contact {
        let (ask, complain) = match self {
            Self::人社 => ("024-12333", "024-12345"),
            Self::医保 => ("024-12393", "024-12345"),
            Self::卫健 => ("024-12320", "024-12345"),
            Self::残联 => ("024-12385", "024-12345"),
            Self::司法 => ("024-12348", "024-12345"),
            Self::工会 => ("024-12351", "024-12345"),
            Self::房产 => ("024-12329", "024-12345"),
            Self::民政 | Self::退役军人 | Self::公安 | Self::教育 | Self::社区 => {
                ("024-12345", "024-12388")
            }
        };
        Contact { ask, complain, hours: "工作日 8:30—17:00，双休日 9:00—11:30、13:00—16:00" }
    }

    /// Two letters that begin the codes of its items and name its bureaus.
    pub fn letters(self) -> &'static str {
        match self {
            Self::民政 => "MZ",
            Self::人社 => "RS",
            Self::医保 => "YB",
            Self::卫健 => "WJ",
            Self::残联 => "CL",
            Self::退役军人 => "TY",
            Self::房产 => "FC",
            Self::公安 => "GA",
            Self::司法 => "SF",
            Self::教育 => "JY",
            Self::工会 => "GH",
            Self::社区 => "SQ",
        }
    }

    /// The bureau's name after its area: 沈河区 + 民政局.
    pub fn bureau(self) -> &'static str {
        match self {
            Self::民政 => "民政局",
            Self::人社 => "人力资源和社会保障局",
            Self::医保 => "医疗保障局",
            Self::卫健 => "卫生健康局",
            Self::残联 => "残疾人联合会",
            Self::退役军人 => "退役军人事务局",
            Self::房产 => "房产局",
            Self::公安 => "公安分局",
            Self::司法 => "司法局",
            Self::教育 => "教育局",
            Self::工会 => "总工会",
            Self::社区 => "社区工作部",
        }
    }

    /// The one character that numbers of notices carry.
    pub fn short(self) -> &'static str {
        match self {
            Self::民政 => "民",
            Self::人社 => "社",
            Self::医保 => "医",
            Self::卫健 => "卫",
            Self::残联 => "残",
            Self::退役军人 => "退",
            Self::房产 => "房",
            Self::公安 => "公",
            Self::司法 => "司",
            Self::教育 => "教",
            Self::工会 => "工",
            Self::社区 => "居",
        }
    }

    pub const ALL: [Self; 12] = [
        Self::民政,
        Self::人社,
        Self::医保,
        Self::卫健,
        Self::残联,
        Self::退役军人,
        Self::房产,
        Self::公安,
        Self::司法,
        Self::教育,
        Self::工会,
        Self::社区,
    ];
}
