//! A device in the words of its owner: what kind, and from where roughly.

use std::net::IpAddr;

/// What a browser says of itself, and the words for it. The first that fits counts: an in-app browser names others too.
const BROWSERS: [(&str, &str); 13] = [
    ("MicroMessenger", "微信"),
    ("AlipayClient", "支付宝"),
    ("DingTalk", "钉钉"),
    (" QQ/", "QQ"),
    ("HuaweiBrowser", "华为浏览器"),
    ("MiuiBrowser", "小米浏览器"),
    ("UCBrowser", "UC浏览器"),
    ("MQQBrowser", "QQ浏览器"),
    ("Edg", "Edge浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chromium", "谷歌浏览器"),
    ("Chrome", "谷歌浏览器"),
    ("Safari", "苹果浏览器"),
];

const KINDS: [(&str, &str); 8] = [
    ("iPad", "苹果平板"),
    ("iPhone", "苹果手机"),
    ("HarmonyOS", "鸿蒙手机"),
    ("OpenHarmony", "鸿蒙手机"),
    ("Android", "安卓手机"),
    ("Windows", "Windows电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux电脑"),
];

/// `安卓手机上的微信`. Nothing of what the browser says is kept as it is.
pub fn device(user_agent: &str) -> String {
    let find = |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| user_agent.contains(mark)).map(|one| one.1);
    match (find(&KINDS), find(&BROWSERS)) {
        (Some(kind), Some(browser)) => format!("{kind}上的{browser}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "没认出来的设备".to_owned(),
    }
}

/// The beginning of a network address: enough to tell home from elsewhere, too little to find a house.
pub fn place(address: IpAddr) -> String {
    match address {
        address if address.is_loopback() => "本机".to_owned(),
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            format!("{a}.{b}.*.*")
        }
        IpAddr::V6(ip) => {
            let [a, b, ..] = ip.segments();
            format!("{a:x}:{b:x}:*")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_devices_are_known() {
        let wechat = "Mozilla/5.0 (Linux; Android 12; V2166A) AppleWebKit/537.36 Chrome/107 Mobile Safari/537.36 \
                      MicroMessenger/8.0.43";
        assert_eq!(device(wechat), "安卓手机上的微信");
        let iphone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 Version/17.1 Safari/604.1";
        assert_eq!(device(iphone), "苹果手机上的苹果浏览器");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120";
        assert_eq!(device(edge), "Windows电脑上的Edge浏览器");
        assert_eq!(device("curl/8"), "没认出来的设备");
        assert_eq!(device("<script>alert(1)</script>"), "没认出来的设备");
    }

    #[test]
    fn a_place_never_holds_the_whole_address() {
        assert_eq!(place(IpAddr::from([113, 224, 17, 9])), "113.224.*.*");
        assert_eq!(place("2408:8207:1:2::9".parse().expect("an address")), "2408:8207:*");
        assert_eq!(place(IpAddr::from([127, 0, 0, 1])), "本机");
    }
}
