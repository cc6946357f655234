// rust_guest.rs - a scheduler in Rust that rejects all jobs and makes threads with thread-local objects
// at every batch.
use batsched::{Context, Error, Event, Result, Scheduler, Simulator};
use std::cell::RefCell;
use std::sync::mpsc;
use std::thread;

struct Text(String);

impl Drop for Text {
    fn drop(&mut self) {
        self.0.push('!');
    }
}

thread_local! {
    static TEXT: RefCell<Text> = RefCell::new(Text(String::new()));
}

fn use_thread_local_object() -> usize {
    TEXT.with(|text| {
        text.borrow_mut().0 = "x".repeat(1000);
        text.borrow().0.len()
    })
}

fn work() -> usize {
    let (sender, receiver) = mpsc::channel();
    let joined: Vec<_> = (0..3).map(|_| thread::spawn(use_thread_local_object)).collect();
    for _ in 0..3 {
        let sender = sender.clone();
        thread::spawn(move || sender.send(use_thread_local_object()).unwrap());
    }
    let sum: usize = joined.into_iter().map(|thread| thread.join().unwrap()).sum();
    sum + receiver.iter().take(3).sum::<usize>()
}

struct Guest;

impl Scheduler for Guest {
    fn new(_context: &mut Context<'_>) -> Result<Self> {
        Ok(Self)
    }

    fn on_event(&mut self, simulator: &Simulator<'_>, event: Event<'_>) -> Result<()> {
        match event {
            Event::JobSubmitted(job) => {
                simulator.reject_job(job.id(), "not my business")?;
            }
            Event::Decide if work() != 6000 => return Err(Error::new("threads compute nonsense")),
            _ => {}
        }
        Ok(())
    }
}

batsched::plugin!(Guest, "rust-guest", "1.0.0", "Makes threads, in Rust");
