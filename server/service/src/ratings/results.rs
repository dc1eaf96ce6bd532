//! How offices and items were rated: for everybody.

use std::collections::BTreeMap;

use domain::ratings::{RatingResult, RatingResults, SHOWN_FROM};

use super::store;
use crate::error::Error;
use crate::service::Service;

/// Results of offices and items that enough people rated, the most rated first.
///
/// # Errors
/// When the database does not answer.
pub async fn results(service: &Service) -> Result<RatingResults, Error> {
    let office = |code: &str| service.areas.office_name(code);
    let item = |code: &str| {
        let everyday = service.catalogue.latest(code).map(|revision| revision.item.everyday.clone());
        everyday.unwrap_or_else(|| code.to_owned())
    };
    Ok(RatingResults {
        offices: summed(store::counts(&service.db.read, store::OFFICE).await?, &office),
        items: summed(store::counts(&service.db.read, store::ITEM).await?, &item),
    })
}

fn summed(counts: Vec<(String, i32, i64)>, name: &dyn Fn(&str) -> String) -> Vec<RatingResult> {
    let mut sums: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for (key, grade, count) in counts {
        let count = u64::try_from(count).unwrap_or(0);
        let (all, content) = sums.entry(key).or_default();
        *all += count;
        *content += if grade <= 3 { count } else { 0 };
    }
    let shown = sums.into_iter().filter(|(_, (all, _))| *all >= SHOWN_FROM);
    let mut list: Vec<RatingResult> = shown
        .map(|(key, (count, content))| RatingResult { name: name(&key), count, content: content * 100 / count })
        .collect();
    list.sort_by_key(|result| std::cmp::Reverse(result.count));
    list
}
