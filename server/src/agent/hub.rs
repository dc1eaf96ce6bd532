//! The devices of a kiosk in their places: one at a time uses each, nobody waits for ever, and all can be cancelled.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::{Mutex, Semaphore, watch};
use tokio::time::timeout;

use super::device::{
    Answer, Camera, Card, CardReader, CodeScanner, Condition, Device, Paper, Picture, Printer, SignaturePad, Trouble,
};
use super::document::Document;

/// What is being printed, and what waits.
const PRINTS: usize = 4;
/// For a device to say how it is.
const CONDITION_TIME: Duration = Duration::from_secs(3);
/// For a device to let go.
const CANCEL_TIME: Duration = Duration::from_secs(5);

/// What is there. None: the kiosk has no such device.
#[derive(Default)]
pub struct Devices {
    pub card: Option<Arc<dyn CardReader>>,
    pub scan: Option<Arc<dyn CodeScanner>>,
    pub camera: Option<Arc<dyn Camera>>,
    pub printer: Option<Arc<dyn Printer>>,
    pub sign: Option<Arc<dyn SignaturePad>>,
}

struct Place<D: ?Sized> {
    device: Option<Arc<D>>,
    turn: Mutex<()>,
}

impl<D: Device + ?Sized> Place<D> {
    fn of(device: Option<Arc<D>>) -> Self {
        Self { device, turn: Mutex::new(()) }
    }

    async fn state(&self) -> DeviceState {
        let Some(device) = &self.device else { return DeviceState::of("absent") };
        let found = timeout(CONDITION_TIME, device.condition()).await.unwrap_or(Err(Trouble::Timeout));
        match found {
            Err(Trouble::NoDevice) => DeviceState::of("absent"),
            Err(_) => DeviceState::of("fault"),
            Ok(Condition { paper }) => {
                let state = if self.turn.try_lock().is_ok() { "ready" } else { "busy" };
                DeviceState { state, paper }
            }
        }
    }

    /// Waits until who used it has gone, and lets the device forget.
    async fn clear(&self) -> Result<(), Trouble> {
        let Some(device) = &self.device else { return Ok(()) };
        let forget = async {
            let _turn = self.turn.lock().await;
            device.cancel().await
        };
        match timeout(CANCEL_TIME, forget).await.unwrap_or(Err(Trouble::Timeout)) {
            // What is unplugged holds nothing.
            Ok(()) | Err(Trouble::NoDevice) => Ok(()),
            Err(trouble) => Err(trouble),
        }
    }
}

/// `ready`, `busy`, `absent` or `fault`; of a printer with its paper.
#[derive(Debug, Serialize)]
pub struct DeviceState {
    pub state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
}

impl DeviceState {
    fn of(state: &'static str) -> Self {
        Self { state, paper: None }
    }
}

#[derive(Debug, Serialize)]
pub struct States {
    pub card: DeviceState,
    pub scan: DeviceState,
    pub camera: DeviceState,
    pub printer: DeviceState,
    pub sign: DeviceState,
}

pub struct Hub {
    card: Place<dyn CardReader>,
    scan: Place<dyn CodeScanner>,
    camera: Place<dyn Camera>,
    printer: Place<dyn Printer>,
    sign: Place<dyn SignaturePad>,
    prints: Semaphore,
    cancelled: watch::Sender<u64>,
}

impl Hub {
    pub fn new(devices: Devices) -> Self {
        Self {
            card: Place::of(devices.card),
            scan: Place::of(devices.scan),
            camera: Place::of(devices.camera),
            printer: Place::of(devices.printer),
            sign: Place::of(devices.sign),
            prints: Semaphore::new(PRINTS),
            cancelled: watch::Sender::new(0),
        }
    }

    pub async fn states(&self) -> States {
        let (card, scan, camera, printer, sign) = tokio::join!(
            self.card.state(),
            self.scan.state(),
            self.camera.state(),
            self.printer.state(),
            self.sign.state()
        );
        States { card, scan, camera, printer, sign }
    }

    pub async fn read_card(&self, time: Duration) -> Result<Card, Trouble> {
        self.alone(&self.card, time, |reader| reader.read()).await
    }

    pub async fn scan(&self, time: Duration) -> Result<String, Trouble> {
        self.alone(&self.scan, time, |scanner| scanner.scan()).await
    }

    pub async fn capture(&self, time: Duration) -> Result<Picture, Trouble> {
        self.alone(&self.camera, time, |camera| camera.capture()).await
    }

    pub async fn sign(&self, time: Duration) -> Result<Picture, Trouble> {
        self.alone(&self.sign, time, |pad| pad.sign()).await
    }

    /// Prints after what was sent before it; the time runs while it waits.
    pub async fn print(&self, time: Duration, document: &Document) -> Result<(), Trouble> {
        let mut cancelled = self.cancelled.subscribe();
        let printer = self.printer.device.as_deref().ok_or(Trouble::NoDevice)?;
        let _waiting = self.prints.try_acquire().map_err(|_| Trouble::Busy)?;
        let print = async {
            let _turn = self.printer.turn.lock().await;
            printer.print(document).await
        };
        tokio::select! {
            biased;
            _ = cancelled.changed() => Err(Trouble::Cancelled),
            done = timeout(time, print) => done.unwrap_or(Err(Trouble::Timeout)),
        }
    }

    /// Ends what is under way, empties the queue of the printer, and lets every device forget.
    pub async fn cancel(&self) -> Result<(), Trouble> {
        self.cancelled.send_modify(|count| *count = count.wrapping_add(1));
        let (card, scan, camera, printer, sign) = tokio::join!(
            self.card.clear(),
            self.scan.clear(),
            self.camera.clear(),
            self.printer.clear(),
            self.sign.clear()
        );
        card.and(scan).and(camera).and(printer).and(sign)
    }

    /// Uses a device that nobody else uses.
    async fn alone<D: Device + ?Sized, T>(
        &self,
        place: &Place<D>,
        time: Duration,
        work: impl for<'d> FnOnce(&'d D) -> Answer<'d, T>,
    ) -> Result<T, Trouble> {
        let mut cancelled = self.cancelled.subscribe();
        let device = place.device.as_deref().ok_or(Trouble::NoDevice)?;
        let _turn = place.turn.try_lock().map_err(|_| Trouble::Busy)?;
        tokio::select! {
            biased;
            _ = cancelled.changed() => Err(Trouble::Cancelled),
            done = timeout(time, work(device)) => done.unwrap_or(Err(Trouble::Timeout)),
        }
    }
}
