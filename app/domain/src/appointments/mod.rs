//! Appointments at an office: which times it keeps (at the window, outside office hours, at home), which of them can be
//! booked, and what is asked for one.

mod form;
mod hours;
mod view;

pub use form::{booking_form, hours_form, hours_of, move_form};
pub use hours::{DAYS_AHEAD, Hours, Manner, PLACES_MAX, Slot, begins, day_words, is_held, slots, time_words, usual};
pub use view::{
    AppointmentEntry, AppointmentSlip, AppointmentsView, BookView, FreeSlot, HoursEntry, HoursView, MoveView, MyVisit,
    MyVisits,
};

/// So many that are still to come a person may have.
pub const OPEN_MAX: usize = 3;

/// What the message says that confirms a time. Nothing personal, nothing of what it is about.
pub fn booked_text(when: &str, office: &str, home: &str) -> String {
    format!("【通办】约好了：{when}，{office}。要改时间、要取消：{home}/me/visits")
}

/// What it says the day before.
pub fn reminder_text(when: &str, office: &str, home: &str) -> String {
    format!("【通办】提醒您：明天您有预约，{when}，{office}。去不了请取消：{home}/me/visits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_fit_into_two_parts() {
        let (when, office) = ("12月1日（周二）下午5:30—7:30", "沈阳经济技术开发区大青中朝友谊街道办事处");
        for text in [booked_text, reminder_text].map(|text| text(when, office, "https://tongban.example.cn")) {
            assert!(text.chars().count() <= 134, "{text}");
        }
    }
}
