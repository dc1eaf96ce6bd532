//! How a person wants pages to look. It is remembered in a cookie, and becomes attributes of the document's first element,
//! which the style sheet follows: nothing else of a page depends on it.

use serde::{Deserialize, Serialize};

/// Simple: larger, stronger, fewer things, one below the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    #[default]
    Standard,
    Elder,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Colours {
    /// As the device says.
    #[default]
    Auto,
    Light,
    Dark,
    /// Light or dark as the device says, with the strongest contrast.
    High,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Size {
    #[default]
    Medium,
    Large,
    /// Twice the medium.
    Largest,
}

/// What the person has been told of the elder mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// Nothing: it is offered.
    Nothing,
    /// That there is one.
    Offered,
    /// It was just chosen for the first time: it is explained.
    Chosen,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Display {
    pub mode: Mode,
    pub colours: Colours,
    pub size: Size,
    pub told: Told,
}

impl Default for Display {
    fn default() -> Self {
        Self { mode: Mode::Standard, colours: Colours::Auto, size: Size::Medium, told: Told::Nothing }
    }
}

/// What a key means; without meaning, what there was before.
fn read<T: Copy>(all: &[T], key: fn(T) -> &'static str, said: &str, before: T) -> T {
    all.iter().copied().find(|one| key(*one) == said).unwrap_or(before)
}

impl Mode {
    const ALL: [Self; 2] = [Self::Standard, Self::Elder];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Elder => "elder",
        }
    }
}

impl Colours {
    const ALL: [Self; 4] = [Self::Auto, Self::Light, Self::Dark, Self::High];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::High => "high",
        }
    }
}

impl Size {
    const ALL: [Self; 3] = [Self::Medium, Self::Large, Self::Largest];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Medium => "m",
            Self::Large => "l",
            Self::Largest => "xl",
        }
    }
}

impl Told {
    const ALL: [Self; 4] = [Self::Nothing, Self::Offered, Self::Chosen, Self::All];

    const fn key(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Offered => "offered",
            Self::Chosen => "chosen",
            Self::All => "all",
        }
    }
}

impl Display {
    /// From the cookie: whatever it says, something can be shown.
    pub fn parse(cookie: &str) -> Self {
        let mut parts = cookie.split('.');
        let mut part = || parts.next().unwrap_or_default();
        let none = Self::default();
        Self {
            mode: read(&Mode::ALL, Mode::key, part(), none.mode),
            colours: read(&Colours::ALL, Colours::key, part(), none.colours),
            size: read(&Size::ALL, Size::key, part(), none.size),
            told: read(&Told::ALL, Told::key, part(), none.told),
        }
    }

    /// For the cookie: `elder.dark.l.all`.
    pub fn cookie(&self) -> String {
        [self.mode.key(), self.colours.key(), self.size.key(), self.told.key()].join(".")
    }

    /// With what a form says; what it does not say, or says wrongly, stays. `heard`: the person has read what was told.
    #[must_use]
    pub fn with(self, mode: &str, colours: &str, size: &str, heard: bool) -> Self {
        let mode = read(&Mode::ALL, Mode::key, mode, self.mode);
        let told = match (self.told, mode, heard) {
            (Told::Nothing | Told::Offered, Mode::Elder, _) => Told::Chosen,
            (Told::Nothing, Mode::Standard, _) => Told::Offered,
            (Told::Chosen, Mode::Standard, _) | (Told::Chosen, _, true) => Told::All,
            (told, ..) => told,
        };
        let colours = read(&Colours::ALL, Colours::key, colours, self.colours);
        Self { mode, colours, size: read(&Size::ALL, Size::key, size, self.size), told }
    }

    /// Of the element `html`. `frontend/public/js/display.js` says the same.
    pub fn attributes(&self) -> [(&'static str, &'static str); 5] {
        let high = self.colours == Colours::High || self.mode == Mode::Elder;
        let least = if self.mode == Mode::Elder { Size::Large } else { Size::Medium };
        let theme = if self.colours == Colours::High { Colours::Auto } else { self.colours };
        [
            ("data-mode", self.mode.key()),
            ("data-theme", theme.key()),
            ("data-contrast", if high { "high" } else { "auto" }),
            ("data-size", self.size.max(least).key()),
            ("data-told", self.told.key()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_display() -> impl Strategy<Value = Display> {
        let one = |count: usize| 0..count;
        (one(2), one(4), one(3), one(4)).prop_map(|(mode, colours, size, told)| Display {
            mode: Mode::ALL[mode],
            colours: Colours::ALL[colours],
            size: Size::ALL[size],
            told: Told::ALL[told],
        })
    }

    proptest! {
        #[test]
        fn any_cookie_can_be_shown(cookie in any::<String>()) {
            let display = Display::parse(&cookie);
            prop_assert!(display.attributes().iter().all(|(_, value)| !value.is_empty()));
            prop_assert_eq!(Display::parse(&display.cookie()), display);
        }

        #[test]
        fn what_was_kept_comes_back(display in any_display(), more in "[.a-z]{0,9}") {
            let cookie = display.cookie();
            prop_assert_eq!(Display::parse(&cookie), display);
            prop_assert_eq!(Display::parse(&format!("{cookie}.{more}")), display);
            prop_assert!(cookie.bytes().all(|b| b.is_ascii_lowercase() || b == b'.'), "fits into a header");
        }

        #[test]
        fn a_form_changes_what_it_names_and_nothing_else(
            display in any_display(), mode in "elder|standard|x|", colours in "auto|light|dark|high|x|",
            size in "m|l|xl|x|", heard: bool,
        ) {
            let after = display.with(&mode, &colours, &size, heard);
            let kept = |said: &str, before: &'static str| if said.is_empty() || said == "x" { before.to_owned() } else { said.to_owned() };
            prop_assert_eq!(after.mode.key(), kept(&mode, display.mode.key()));
            prop_assert_eq!(after.colours.key(), kept(&colours, display.colours.key()));
            prop_assert_eq!(after.size.key(), kept(&size, display.size.key()));
        }

        /// Nobody is told the same twice, and nobody is in the elder mode without having been told what it is.
        #[test]
        fn it_is_explained_once(display in any_display(), steps in prop::collection::vec(("elder|standard|", any::<bool>()), 1..8)) {
            let mut explained = u8::from(display.told == Told::Chosen);
            let mut now = display;
            for (mode, heard) in steps {
                let after = now.with(&mode, "", "", heard);
                explained += u8::from(after.told == Told::Chosen && now.told != Told::Chosen);
                prop_assert!(after.mode == Mode::Standard || matches!(after.told, Told::Chosen | Told::All));
                prop_assert!(after.told != Told::Nothing);
                now = after;
            }
            prop_assert!(explained <= 1);
        }

        #[test]
        fn the_elder_mode_is_larger_and_stronger(display in any_display()) {
            let elder = Display { mode: Mode::Elder, ..display };
            let [_, _, contrast, size, _] = elder.attributes();
            prop_assert_eq!(contrast.1, "high");
            prop_assert!(matches!(size.1, "l" | "xl"));
        }
    }
}
