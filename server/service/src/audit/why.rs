//! Why something was done, in words. Rows hold keys of the program and ids; of what a worker wrote, the id alone.

use std::collections::HashMap;

use domain::audit::Purpose;
use domain::desk::ShowReason;
use uuid::Uuid;

use super::store::AuditRow;
use crate::desk::written_reasons;
use crate::error::Error;
use crate::service::Service;

/// The reasons that these rows have, by their place in the chains.
pub(crate) async fn reasons<'r>(
    service: &Service,
    rows: impl Iterator<Item = &'r AuditRow> + Clone,
) -> Result<HashMap<(i32, i64), String>, Error> {
    let shown = rows.clone().filter_map(|row| Shown::read(row.why.as_deref()?)?.id).collect();
    let written = written_reasons(service, shown).await?;
    let of = |row: &AuditRow| Some(((row.chain, row.seq), words(row.why.as_deref()?, &written)));
    Ok(rows.filter_map(of).filter(|(_, words)| !words.is_empty()).collect())
}

/// What a row about shown answers says: `REASON: KEYS… ID`.
struct Shown {
    reason: ShowReason,
    count: usize,
    /// Of what was written beside it.
    id: Option<Uuid>,
}

impl Shown {
    fn read(why: &str) -> Option<Self> {
        let (reason, rest) = why.split_once(": ")?;
        let (ids, keys): (Vec<&str>, Vec<&str>) = rest.split(' ').partition(|word| Uuid::parse_str(word).is_ok());
        let id = ids.first().and_then(|id| id.parse().ok());
        Some(Self { reason: ShowReason::from_key(reason)?, count: keys.len(), id })
    }
}

fn words(why: &str, written: &HashMap<Uuid, String>) -> String {
    if let Some(shown) = Shown::read(why) {
        let wrote = shown.id.and_then(|id| written.get(&id)).filter(|words| !words.is_empty());
        let wrote = wrote.map(|words| format!("：{words}")).unwrap_or_default();
        return format!("{}{wrote}（{}项）", shown.reason.word(), shown.count);
    }
    match Purpose::from_key(why) {
        Some(purpose) => purpose.words().to_owned(),
        // Keys and ids say nothing to people.
        None if why.is_ascii() => String::new(),
        None => why.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_shown_keys_or_ids() {
        let id = Uuid::nil();
        let written = HashMap::from([(id, "居民来电核对".to_owned())]);
        assert_eq!(words(&format!("other: account_number phone {id}"), &written), "其他：居民来电核对（2项）");
        assert_eq!(words(&format!("compare: account_number {id}"), &HashMap::new()), "核对材料（1项）");
        assert_eq!(words(Purpose::ALL[0].key(), &written), Purpose::ALL[0].words());
        for key in ["account 0 joins", "city", &id.to_string()] {
            assert_eq!(words(key, &written), "");
        }
    }
}
