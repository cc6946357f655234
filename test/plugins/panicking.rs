// panicking.rs - a scheduler in Rust that panics when the first job is submitted, or in a function that its
// configuration names.
use batsched::{Context, Event, Exit, Result, Scheduler, Simulator};

struct Panicking {
    place: String,
}

impl Scheduler for Panicking {
    fn new(context: &mut Context<'_>) -> Result<Self> {
        let place = context.config_text().to_string();
        if place == "new" {
            panic!("out of ideas");
        }
        Ok(Self { place })
    }

    fn on_event(&mut self, simulator: &Simulator<'_>, event: Event<'_>) -> Result<()> {
        if let Event::JobSubmitted(job) = event {
            if self.place.is_empty() {
                panic!("out of ideas");
            }
            simulator.reject_job(job.id(), "not now")?;
        }
        Ok(())
    }

    fn on_finalize(&mut self, _simulator: &Simulator<'_>, _exit: &Exit<'_>) {
        if self.place == "finalize" {
            panic!("out of ideas");
        }
    }
}

batsched::plugin!(Panicking, "panicking", "0.0.1", "Panics");
