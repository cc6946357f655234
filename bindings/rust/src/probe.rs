//! Probes measure hosts or links.

use crate::ffi;
use crate::simulator::{check, demand};
use crate::views::{c_text, ProbeId};
use crate::{Aggregation, HostSet, Metric, Result, Simulator};
use std::ffi::CString;
use std::ptr;

/// When a probe measures: at `first_time`, a date, then every `period` seconds if that is not 0.
#[derive(Clone, Copy, Debug)]
pub struct When {
    pub first_time: f64,
    pub period: f64,
}

impl Simulator<'_> {
    /// The values come as [`Event::ProbeData`](crate::Event::ProbeData). Hosts may be any of the
    /// platform.
    pub fn probe_hosts(
        &self,
        metric: Metric,
        hosts: &HostSet,
        aggregation: Aggregation,
        when: When,
    ) -> Result<ProbeId> {
        let mut probe = new_probe(ffi::PROBE_HOSTS, metric, aggregation, when);
        probe.hosts = hosts.as_raw();
        self.create_probe(&probe)
    }

    /// Links have the names of the platform file; the two directions of a split-duplex link `l` are
    /// `l_UP` and `l_DOWN`.
    pub fn probe_links(
        &self,
        metric: Metric,
        links: &[&str],
        aggregation: Aggregation,
        when: When,
    ) -> Result<ProbeId> {
        let names = links.iter().map(|name| c_text(name)).collect::<Result<Vec<CString>>>()?;
        let pointers: Vec<_> = names.iter().map(|name| name.as_ptr()).collect();
        let mut probe = new_probe(ffi::PROBE_LINKS, metric, aggregation, when);
        probe.links = pointers.as_ptr();
        probe.link_count = pointers.len();
        self.create_probe(&probe)
    }

    pub fn stop_probe(&self, probe: ProbeId) -> Result<bool> {
        check(unsafe { (self.raw().stop_probe)(self.raw(), probe) }, "stop_probe")
    }

    fn create_probe(&self, probe: &ffi::Probe) -> Result<ProbeId> {
        let mut id = 0;
        let raw = self.raw();
        demand(unsafe { (raw.create_probe)(raw, probe, &mut id) }, "create_probe")?;
        Ok(id)
    }
}

fn new_probe(target: i32, metric: Metric, aggregation: Aggregation, when: When) -> ffi::Probe {
    ffi::Probe {
        struct_size: std::mem::size_of::<ffi::Probe>() as u32,
        target,
        metric: metric.code(),
        aggregation: aggregation.code(),
        hosts: ffi::HostSet { intervals: ptr::null(), count: 0 },
        links: ptr::null(),
        link_count: 0,
        first_time: when.first_time,
        period: when.period,
    }
}
