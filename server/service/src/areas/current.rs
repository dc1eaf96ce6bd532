//! A value that is replaced now and then while others look at it.

use std::ops::Deref;
use std::sync::OnceLock;

/// The newest of the values that it was given.
///
/// The earlier ones stay: somebody may look at them. So it is for what changes a few times a year, like a calendar.
pub struct Current<T>(Node<T>);

struct Node<T> {
    value: T,
    next: OnceLock<Box<Node<T>>>,
}

impl<T> Current<T> {
    pub fn new(value: T) -> Self {
        Self(Node { value, next: OnceLock::new() })
    }

    pub fn replace(&self, value: T) {
        let mut node = Box::new(Node { value, next: OnceLock::new() });
        // Somebody else may add one at the same time: ours comes after it.
        while let Err(back) = self.last().next.set(node) {
            node = back;
        }
    }

    fn last(&self) -> &Node<T> {
        let mut here = &self.0;
        while let Some(next) = here.next.get() {
            here = next;
        }
        here
    }
}

impl<T> Deref for Current<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.last().value
    }
}

#[cfg(test)]
mod tests {
    use super::Current;

    #[test]
    fn the_newest_is_seen_and_the_earlier_stay() {
        let current = Current::new(1);
        let first: &i32 = &current;
        std::thread::scope(|scope| {
            for number in 2..10 {
                let current = &current;
                scope.spawn(move || current.replace(number));
            }
        });
        assert!((2..10).contains(&*current));
        assert_eq!(*first, 1);
        current.replace(20);
        assert_eq!(*current, 20);
    }
}
