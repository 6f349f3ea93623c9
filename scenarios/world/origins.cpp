#include "scenarios/world/origins.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "protocols/bgp/origin_validation.hpp"
#include "protocols/bgp/process.hpp"

namespace peerscape {

namespace {

const bgp::BgpProcess* bgpOf(const Simulation& world, NodeId node) {
    const ProcessSlot* slot = world.node(node).slotOf(bgp::kBgp);
    return slot == nullptr ? nullptr : dynamic_cast<const bgp::BgpProcess*>(slot->process.get());
}

/// What one router has best paths for, in its table's order.
template <typename Wanted, typename Take>
void forOrigins(const bgp::BgpProcess& process, NodeId node, Family family, Wanted wanted, Take take) {
    const bgp::BgpConfig& config = process.config();
    const Asn own = config.confederation.value_or(config.number.value_or(Asn()));
    for (const auto& [prefix, destination] : process.table(family)) {
        const bgp::Path* best = destination.bestPath();
        if (best == nullptr || !wanted(prefix)) continue;
        const bgp::AsPath& path = *best->attributes->asPath;
        take(OriginSeen{node, prefix, bgp::originOf(path, own), best->isLocal(), path.text(), best->cause});
    }
}

/// What a router believes that it should not.
std::vector<OriginSeen> wrongOrigins(const LabFile& file, const bgp::BgpProcess& process, NodeId node) {
    std::vector<OriginSeen> wrong;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const bool isWatched = std::ranges::any_of(
            file.watches, [family](const WatchEntry& w) { return w.prefix.family() == family; });
        if (!isWatched) continue;
        forOrigins(
            process, node, family, [&](const Prefix& p) { return file.watchOver(p) != nullptr; },
            [&](OriginSeen seen) {
                if (!file.watchOver(seen.prefix)->allows(seen.origin)) wrong.push_back(std::move(seen));
            });
    }
    return wrong;
}

OriginAlarm alarmOf(const LabFile& file, const OriginSeen& seen, SimTime now) {
    OriginAlarm alarm;
    alarm.watched = file.watchOver(seen.prefix)->prefix;
    alarm.prefix = seen.prefix;
    alarm.origin = seen.origin;
    alarm.begin = now;
    alarm.cause = seen.cause;
    return alarm;
}

std::vector<OriginAlarm> inOrder(std::vector<OriginAlarm> alarms) {
    std::ranges::sort(alarms, {},
                      [](const OriginAlarm& a) { return std::tuple(a.begin, a.prefix, a.origin); });
    return alarms;
}

}  // namespace

std::vector<OriginSeen> originsSeen(const Simulation& world, const Prefix& prefix) {
    std::vector<OriginSeen> all;
    for (std::uint32_t n = 0; n < world.topology().nodes().size(); ++n) {
        const bgp::BgpProcess* process = bgpOf(world, NodeId(n));
        if (process == nullptr) continue;
        forOrigins(
            *process, NodeId(n), prefix.family(), [&](const Prefix& p) { return prefix.contains(p); },
            [&](OriginSeen seen) { all.push_back(std::move(seen)); });
    }
    std::ranges::stable_sort(all, {}, [](const OriginSeen& s) { return std::tuple(s.prefix, s.router); });
    return all;
}

std::string originText(const std::optional<Asn>& origin) {
    return origin ? "AS " + toString(*origin) : "a set of ASes";
}

std::vector<OriginAlarm> originAlarms(const LabWorld& world) {
    return OriginWatch(world.file(), world.simulation()).alarms();
}

std::string describe(const LabWorld& world, const OriginAlarm& alarm) {
    std::vector<std::string> names;
    for (const OriginAlarm::Believer& believer : alarm.believers)
        names.push_back(world.nameOf(believer.router));
    return fmt::format("{} from {}, believed by {}", toString(alarm.prefix), originText(alarm.origin),
                       fmt::join(names, ", "));
}

std::string describe(const AlarmNews& news) {
    const std::string what = fmt::format("{} from {}", toString(news.prefix), originText(news.origin));
    return news.prefix == news.watched ? what : fmt::format("{}, inside {}", what, toString(news.watched));
}

OriginWatch::OriginWatch(const LabFile& file, const Simulation& world)
    : file_(file), speakers_(world.topology().nodes().size()) {
    for (std::uint32_t n = 0; n < speakers_.size(); ++n)
        look(world, NodeId(n));
}

void OriginWatch::instantOver(const Simulation& world, std::span<const Record> records) {
    std::vector<NodeId> touched;
    for (const Record& record : records) {
        if (!record.node.isSome()) continue;
        const bool isRestart = std::holds_alternative<record::ProcessStarted>(record.what) ||
                               std::holds_alternative<record::ProcessStopped>(record.what);
        if (isRestart) speakers_[record.node.value()].isRunning = false;
        if (touched.empty() || touched.back() != record.node) touched.push_back(record.node);
    }
    std::ranges::sort(touched);
    const auto rest = std::ranges::unique(touched);
    touched.erase(rest.begin(), rest.end());
    for (const NodeId node : touched)
        look(world, node);
}

void OriginWatch::look(const Simulation& world, NodeId node) {
    const bgp::BgpProcess* process = bgpOf(world, node);
    Speaker& speaker = speakers_[node.value()];
    std::vector<OriginSeen> wrong;
    if (process != nullptr) {
        const std::uint64_t v4 = process->tableVersion(Family::IPv4);
        const std::uint64_t v6 = process->tableVersion(Family::IPv6);
        const bool isUnchanged = speaker.isRunning && speaker.versions[0] == v4 && speaker.versions[1] == v6;
        if (isUnchanged) return;
        speaker.versions[0] = v4;
        speaker.versions[1] = v6;
        wrong = wrongOrigins(file_, *process, node);
    }
    speaker.isRunning = process != nullptr;
    std::set<Subject> believes;
    for (const OriginSeen& seen : wrong)
        believes.insert({seen.prefix, seen.origin});
    const SimTime now = world.now();
    const auto newsOf = [&](bool begins, const Subject& subject, RecordId cause) {
        const Prefix& watched = file_.watchOver(subject.prefix)->prefix;
        return AlarmNews{now, node, begins, watched, subject.prefix, subject.origin, cause};
    };
    for (const Subject& subject : std::exchange(speaker.believes, believes)) {
        if (!believes.contains(subject)) {
            disbelieve(subject, now);
            note(newsOf(false, subject, RecordId::none()));
        }
        believes.erase(subject);
    }
    for (const OriginSeen& seen : wrong) {
        const Subject subject{seen.prefix, seen.origin};
        if (!believes.contains(subject)) continue;
        believe(seen, subject, now);
        note(newsOf(true, subject, seen.cause));
    }
}

/// What begins and ends within an instant, or the other way round, is no news.
void OriginWatch::note(const AlarmNews& news) {
    const auto contrary = std::ranges::find_if(news_, [&](const AlarmNews& n) {
        return n.time == news.time && n.router == news.router && n.begins != news.begins &&
               n.prefix == news.prefix && n.origin == news.origin;
    });
    if (contrary != news_.end()) {
        news_.erase(contrary);
    } else {
        news_.push_back(news);
    }
}

std::vector<AlarmNews> OriginWatch::takeNewsBefore(SimTime instant) {
    const auto rest =
        std::ranges::find_if(news_, [&](const AlarmNews& news) { return news.time >= instant; });
    std::vector<AlarmNews> taken(news_.begin(), rest);
    news_.erase(news_.begin(), rest);
    std::ranges::stable_sort(taken, {}, [](const AlarmNews& n) { return std::tuple(n.time, n.router); });
    return taken;
}

void OriginWatch::believe(const OriginSeen& seen, const Subject& subject, SimTime now) {
    if (count_[subject]++ == 0) {
        // What ended in this very instant and begins again has never ended.
        const auto ended = std::ranges::find_if(past_, [&](const OriginAlarm& a) {
            return a.end == now && a.prefix == subject.prefix && a.origin == subject.origin;
        });
        open_.emplace(subject, ended == past_.end() ? alarmOf(file_, seen, now) : std::move(*ended));
        if (ended != past_.end()) past_.erase(ended);
        open_.at(subject).end = SimTime::never();
    }
    auto& believers = open_.at(subject).believers;
    if (std::ranges::find(believers, seen.router, &OriginAlarm::Believer::router) == believers.end())
        believers.push_back({seen.router, now});
}

void OriginWatch::disbelieve(const Subject& subject, SimTime now) {
    if (--count_.at(subject) > 0) return;
    count_.erase(subject);
    auto alarm = open_.extract(subject);
    alarm.mapped().end = now;
    past_.push_back(std::move(alarm.mapped()));
}

std::vector<OriginAlarm> OriginWatch::alarms() const {
    std::vector<OriginAlarm> all;
    for (const OriginAlarm& alarm : past_) {
        if (alarm.end > alarm.begin) all.push_back(alarm);
    }
    for (const auto& [subject, alarm] : open_)
        all.push_back(alarm);
    return inOrder(std::move(all));
}

}  // namespace peerscape
