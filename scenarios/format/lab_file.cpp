#include "scenarios/format/lab_file.hpp"

#include <algorithm>

#include "engine/base/check.hpp"
#include "engine/base/overloaded.hpp"

namespace peerscape {

namespace {

template <typename Entry>
const Entry* named(const std::vector<Entry>& entries, std::string_view name) {
    const auto found = std::ranges::find(entries, name, &Entry::name);
    return found == entries.end() ? nullptr : &*found;
}

}  // namespace

LinkProperties LinkEntry::properties() const {
    LinkProperties all;
    all.delay = delay.value_or(all.delay);
    all.bandwidth = bandwidth.value_or(all.bandwidth);
    all.loss = loss.value_or(all.loss);
    all.duplicate = duplicate.value_or(all.duplicate);
    all.reorder = reorder.value_or(all.reorder);
    all.corrupt = corrupt.value_or(all.corrupt);
    all.mtu = mtu.value_or(all.mtu);
    all.queueBytes = queueBytes.value_or(all.queueBytes);
    return all;
}

const RouterEntry* LabFile::router(std::string_view name) const { return named(routers, name); }
const HostEntry* LabFile::host(std::string_view name) const { return named(hosts, name); }
const GroupEntry* LabFile::group(std::string_view name) const { return named(groups, name); }

bool WatchEntry::allows(const std::optional<Asn>& origin) const {
    return origin && std::ranges::find(origins, *origin) != origins.end();
}

const WatchEntry* LabFile::watchOver(const Prefix& prefix) const {
    const WatchEntry* longest = nullptr;
    for (const WatchEntry& watch : watches) {
        const bool isLonger = longest == nullptr || watch.prefix.length() > longest->prefix.length();
        if (isLonger && watch.prefix.contains(prefix)) longest = &watch;
    }
    return longest;
}

std::optional<Asn> LabFile::asnOf(const RouterEntry& entry) const {
    if (entry.asn) return entry.asn;
    const GroupEntry* around = entry.group ? group(entry.group->name) : nullptr;
    // A lab under construction may still have a cycle of groups: no chain is longer than there are groups.
    for (std::size_t level = 0; around != nullptr && level < groups.size(); ++level) {
        if (around->asn) return around->asn;
        around = around->parent ? group(around->parent->name) : nullptr;
    }
    return std::nullopt;
}

std::string_view toString(ConfigLanguage language) {
    return language == ConfigLanguage::Frr ? "frr" : "bird";
}

std::string_view toString(IntentProtocol protocol) {
    switch (protocol) {
        case IntentProtocol::Static:
            return "static";
        case IntentProtocol::Rip:
            return "rip";
        case IntentProtocol::Ripng:
            return "ripng";
        case IntentProtocol::Eigrp:
            return "eigrp";
        case IntentProtocol::Bgp:
            return "bgp";
    }
    PEERSCAPE_CHECK(false);
}

std::string_view toString(Relation relation) {
    switch (relation) {
        case Relation::None:
            return "none";
        case Relation::CustomerProvider:
            return "customer-provider";
        case Relation::Peer:
            return "peer";
        case Relation::Sibling:
            return "sibling";
    }
    PEERSCAPE_CHECK(false);
}

std::string_view toString(Verdict verdict) {
    switch (verdict) {
        case Verdict::Pass:
            return "pass";
        case Verdict::Fail:
            return "fail";
        case Verdict::Warning:
            return "warning";
        case Verdict::Inconclusive:
            return "inconclusive";
        case Verdict::Skipped:
            return "skipped";
    }
    return "unknown";
}

std::string_view toString(Disposition disposition) {
    switch (disposition) {
        case Disposition::NoReply:
            return "no-reply";
        case Disposition::NoRoute:
            return "no-route";
        case Disposition::Unreachable:
            return "unreachable";
        case Disposition::TtlExceeded:
            return "ttl-exceeded";
        case Disposition::DiscardedLocally:
            return "discarded-locally";
        case Disposition::Loop:
            return "loop";
    }
    PEERSCAPE_CHECK(false);
}

std::string_view wordOf(const LabAction& action) {
    using namespace lab_action;
    return std::visit(Overloaded{
                          [](const Fail&) -> std::string_view { return "fail"; },
                          [](const Restore&) -> std::string_view { return "restore"; },
                          [](const FailSilently&) -> std::string_view { return "fail_silently"; },
                          [](const FailOneWay&) -> std::string_view { return "fail_one_way"; },
                          [](const Shutdown&) -> std::string_view { return "shutdown"; },
                          [](const NoShutdown&) -> std::string_view { return "no_shutdown"; },
                          [](const AddLink& add) -> std::string_view {
                              return add.link.kind == SegmentKind::Lan ? "add_lan" : "add_link";
                          },
                          [](const Configure&) -> std::string_view { return "configure"; },
                          [](const Command&) -> std::string_view { return "command"; },
                          [](const Wait&) -> std::string_view { return "wait"; },
                          [](const Change&) -> std::string_view { return "change"; },
                          [](const Flap&) -> std::string_view { return "flap"; },
                          [](const Stop&) -> std::string_view { return "stop"; },
                          [](const Start&) -> std::string_view { return "start"; },
                          [](const Freeze&) -> std::string_view { return "freeze"; },
                          [](const Thaw&) -> std::string_view { return "thaw"; },
                      },
                      action.what);
}

std::string_view wordOf(const Expectation& expectation) {
    using namespace lab_expect;
    return std::visit(Overloaded{
                          [](const Converged&) -> std::string_view { return "converged"; },
                          [](const Oscillates&) -> std::string_view { return "oscillates"; },
                          [](const Reaches&) -> std::string_view { return "reaches"; },
                          [](const Unreachable&) -> std::string_view { return "unreachable"; },
                          [](const Route&) -> std::string_view { return "route"; },
                          [](const NoLoops&) -> std::string_view { return "no-loops"; },
                          [](const NoBlackHoles&) -> std::string_view { return "no-black-holes"; },
                          [](const Lost&) -> std::string_view { return "lost"; },
                          [](const Show&) -> std::string_view { return "show"; },
                          [](const Session&) -> std::string_view { return "session"; },
                          [](const Best&) -> std::string_view { return "best"; },
                          [](const Rip&) -> std::string_view { return "rip"; },
                          [](const Messages&) -> std::string_view { return "messages"; },
                          [](const Config&) -> std::string_view { return "config"; },
                          [](const Alarm&) -> std::string_view { return "alarm"; },
                          [](const NoAlarms&) -> std::string_view { return "no-alarms"; },
                      },
                      expectation.what);
}

}  // namespace peerscape
