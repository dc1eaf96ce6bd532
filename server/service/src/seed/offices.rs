//! Which offices there are, and their names.

use domain::areas::{self, Area, AreaLevel, Validity};
use domain::catalogue::{Department, Level, Office, office_code};

/// Districts whose police is a bureau of its own and no branch of the city's.
const OWN_POLICE: [&str; 4] = ["210115", "210123", "210124", "210181"];

/// The offices of an area, there for as long as the area is: those of its successor take their place.
pub fn of_area(area: &Area, validity: &Validity) -> Vec<(Office, Validity)> {
    let follow = |office: Office| {
        let successor =
            validity.successor.as_ref().map(|successor| office.code.replacen(area.code.as_str(), successor, 1));
        (office, Validity { successor, ..validity.clone() })
    };
    named(area).into_iter().map(follow).collect()
}

/// The window of a community, the office of a street, the bureaus of a district or of the city.
fn named(area: &Area) -> Vec<Office> {
    let level = match areas::level(&area.code) {
        Some(AreaLevel::City) => Level::City,
        Some(AreaLevel::District) => Level::District,
        Some(AreaLevel::Street) => return vec![office(&area.code, street_office(&area.name), area)],
        Some(AreaLevel::Community) => return vec![office(&area.code, format!("{}便民服务窗口", area.name), area)],
        None => return Vec::new(),
    };
    let bureau = |department: Department| {
        let code = office_code(level, department, &area.code)?;
        Some(office(&code, bureau_name(level, department, area), area))
    };
    Department::ALL.into_iter().filter_map(bureau).collect()
}

fn office(code: &str, name: String, area: &Area) -> Office {
    Office { code: code.to_owned(), name, area: area.code.clone() }
}

/// Streets have a 街道办事处, towns a 人民政府; zones and farms neither.
fn street_office(name: &str) -> String {
    if name.ends_with("街道") {
        format!("{name}办事处")
    } else if name.ends_with('镇') || name.ends_with('乡') {
        format!("{name}人民政府")
    } else {
        format!("{name}便民服务中心")
    }
}

fn bureau_name(level: Level, department: Department, area: &Area) -> String {
    match (department, level) {
        (Department::公安, Level::City) => format!("{}公安局", area.name),
        (Department::公安, _) if OWN_POLICE.contains(&area.code.as_str()) => format!("{}公安局", area.name),
        // 沈河区 → 沈河分局; 沈北新区 keeps its whole name.
        (Department::公安, _) => {
            let short = area.name.strip_suffix('区').filter(|short| !short.ends_with('新')).unwrap_or(&area.name);
            format!("沈阳市公安局{short}分局")
        }
        _ => format!("{}{}", area.name, department.bureau()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(code: &str, name: &str) -> Vec<String> {
        let area = Area { code: code.to_owned(), name: name.to_owned() };
        named(&area).into_iter().map(|office| format!("{} {}", office.code, office.name)).collect()
    }

    #[test]
    fn offices_are_named_as_they_are_called() {
        assert_eq!(names("210103005024", "多福社区"), ["210103005024 多福社区便民服务窗口"]);
        assert_eq!(names("210103005", "滨河街道"), ["210103005 滨河街道办事处"]);
        assert_eq!(names("210181100", "大红旗镇"), ["210181100 大红旗镇人民政府"]);
        assert_eq!(names("210123203", "西关屯蒙古族满族乡"), ["210123203 西关屯蒙古族满族乡人民政府"]);
        assert_eq!(names("210113401", "青年农场"), ["210113401 青年农场便民服务中心"]);
        assert_eq!(names("210103", "沈河区").len(), 12);
        assert_eq!(names("210103", "沈河区")[0], "210103-MZ 沈河区民政局");
        assert_eq!(names("210100", "沈阳市")[0], "210100-MZ 沈阳市民政局");
    }

    #[test]
    fn the_police_has_branches_and_bureaus() {
        let police = |code, name| names(code, name).into_iter().find(|office| office.contains("-GA")).expect("police");
        assert_eq!(police("210103", "沈河区"), "210103-GA 沈阳市公安局沈河分局");
        assert_eq!(police("210113", "沈北新区"), "210113-GA 沈阳市公安局沈北新区分局");
        assert_eq!(police("210124", "法库县"), "210124-GA 法库县公安局");
        assert_eq!(police("210115", "辽中区"), "210115-GA 辽中区公安局");
        assert_eq!(police("210100", "沈阳市"), "210100-GA 沈阳市公安局");
    }
}
