//! What the machine tells of its memory, where it does.

use std::fs;
use std::path::Path;

/// Least memory that a run is given when nobody said how much it may take, in bytes: a small corpus fits, and a run on a
/// machine that is full is slow rather than refused.
const LEAST: u64 = 256 << 20;

/// Bytes a run may take when nobody said: half of what is free; `None` where the machine does not tell.
#[must_use]
pub fn default_memory_bytes() -> Option<u64> {
    Some((free_bytes(Path::new("/"))? / 2).max(LEAST))
}

/// Bytes free for programs; in a container, at most what its limit leaves.
fn free_bytes(root: &Path) -> Option<u64> {
    let available = kib_after("MemAvailable:", &fs::read_to_string(root.join("proc/meminfo")).ok()?)?;
    Some(container_bytes(root).map_or(available, |left| left.min(available)))
}

/// What the limits of the control groups around this process leave, the narrowest of them.
fn container_bytes(root: &Path) -> Option<u64> {
    let groups = fs::read_to_string(root.join("proc/self/cgroup")).ok()?;
    let own = groups.lines().find_map(|line| line.strip_prefix("0::/"))?.trim();
    let mounted = root.join("sys/fs/cgroup");
    let number = |path: &Path| fs::read_to_string(path).ok()?.trim().parse::<u64>().ok();
    let left = |folder: &Path| {
        let most = number(&folder.join("memory.max"))?;
        Some(most.saturating_sub(number(&folder.join("memory.current")).unwrap_or(0)))
    };
    Path::new(own).ancestors().filter_map(|group| left(&mounted.join(group))).min()
}

/// Peak resident memory of this process in bytes, where `/proc` tells.
#[must_use]
pub fn peak_bytes() -> Option<u64> {
    kib_after("VmHWM:", &fs::read_to_string("/proc/self/status").ok()?)
}

/// The number of KiB in the line of `text` that begins with `name`, in bytes.
fn kib_after(name: &str, text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn memory_is_told_on_linux() {
        let range = 1 << 20..1 << 44;
        assert!(range.contains(&peak_bytes().unwrap()));
        assert!(range.contains(&free_bytes(Path::new("/")).unwrap()));
        assert!(default_memory_bytes().unwrap() >= LEAST);
    }

    #[test]
    fn a_container_leaves_what_its_narrowest_limit_leaves() {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        assert_eq!(free_bytes(dir.path()), None);
        write("proc/meminfo", "MemTotal:  8000 kB\nMemAvailable:  4000 kB\n");
        assert_eq!(free_bytes(dir.path()), Some(4_000 << 10));
        write("proc/self/cgroup", "0::/outer/inner\n");
        write("sys/fs/cgroup/outer/inner/memory.max", "max\n");
        assert_eq!(free_bytes(dir.path()), Some(4_000 << 10));
        write("sys/fs/cgroup/outer/memory.max", "3000000\n");
        write("sys/fs/cgroup/outer/memory.current", "1000000\n");
        assert_eq!(free_bytes(dir.path()), Some(2_000_000));
    }
}
