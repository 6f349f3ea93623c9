#include "scenarios/world/engine_actions.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/world/topology_builder.hpp"

namespace peerscape {

namespace {

class Translator {
  public:
    explicit Translator(const Simulation& world) : topology_(world.topology()) {}

    Result<std::vector<TimedAction>> translate(const LabAction& action) {
        const auto done = std::visit([&](const auto& what) { return add(what); }, action.what);
        if (!done) return std::unexpected(done.error());
        return std::move(actions_);
    }

  private:
    void push(Duration after, std::string text, ActionWhat what) {
        actions_.push_back({after, {std::move(text), std::move(what)}});
    }

    Result<void> unknown(const NameRef& name) const {
        std::vector<std::string> known;
        for (const Node& node : topology_.nodes())
            known.push_back(node.name);
        for (const Segment& segment : topology_.segments())
            known.push_back(segment.name);
        const auto nearest = nearestWord(name.name, known);
        return failure(fmt::format("there is no link, LAN, router or interface '{}'{}", name.name,
                                   nearest ? fmt::format("; did you mean '{}'?", *nearest) : ""),
                       name.place.at);
    }

    /// Fails or restores one target. Restoring undoes every kind of failure of it.
    Result<void> setTarget(const NameRef& name, bool up, Duration after) {
        const std::string_view did = up ? "restored" : "failed";
        if (const auto segment = topology_.segmentNamed(name.name)) {
            push(after, fmt::format("link {} {}", name.name, did), action::SetSegment{*segment, up});
        } else if (const auto node = topology_.nodeNamed(name.name)) {
            push(after, fmt::format("{} {}: all its cables", name.name, did), action::SetNode{*node, up});
            if (up) silenceNode(*node, false, after);
        } else if (const auto interface = topology_.interfaceNamed(name.name)) {
            push(after, fmt::format("cable of {} {}", name.name, did), action::SetPlug{*interface, up});
            if (up) silencePlug(*interface, false, after);
        } else {
            return unknown(name);
        }
        return {};
    }

    void silencePlug(InterfaceRef end, bool silent, Duration after) {
        const SegmentId segment = topology_.interface(end).segment;
        if (!segment.isSome()) return;
        push(after,
             fmt::format("cable of {} {}", topology_.nameOf(end),
                         silent ? "failed silently" : "carries packets again"),
             action::SetSilence{segment, silent, end, true, true});
    }

    void silenceNode(NodeId node, bool silent, Duration after) {
        const auto& interfaces = topology_.node(node).interfaces;
        for (std::size_t i = 0; i < interfaces.size(); ++i)
            silencePlug({node, InterfaceId(static_cast<InterfaceId::Value>(i))}, silent, after);
    }

    Result<InterfaceRef> endOf(SegmentId segment, const NameRef& node) const {
        for (const InterfaceRef end : topology_.segment(segment).ends) {
            if (topology_.node(end.node).name == node.name || topology_.nameOf(end) == node.name) return end;
        }
        return failure(fmt::format("'{}' is no end of '{}'", node.name, topology_.segment(segment).name),
                       node.place.at);
    }

    Result<void> setSilent(const NameRef& name, const std::optional<NameRef>& from, bool silent,
                           Duration after) {
        const std::string_view did = silent ? "failed silently" : "carries packets again";
        if (const auto segment = topology_.segmentNamed(name.name)) {
            if (!from) {
                push(after, fmt::format("link {} {}", name.name, did),
                     action::SetSilence{*segment, silent, {}, true, false});
                return {};
            }
            const auto end = endOf(*segment, *from);
            if (!end) return std::unexpected(end.error());
            push(after, fmt::format("link {} {} in the direction from {}", name.name, did, from->name),
                 action::SetSilence{*segment, silent, *end, true, false});
        } else if (const auto node = topology_.nodeNamed(name.name)) {
            silenceNode(*node, silent, after);
        } else if (const auto interface = topology_.interfaceNamed(name.name)) {
            silencePlug(*interface, silent, after);
        } else {
            return unknown(name);
        }
        return {};
    }

    Result<void> add(const lab_action::Fail& a) {
        for (const NameRef& target : a.targets) {
            if (auto done = setTarget(target, false, {}); !done) return done;
            if (a.heals) {
                if (auto done = setTarget(target, true, *a.heals); !done) return done;
            }
        }
        return {};
    }
    Result<void> add(const lab_action::Restore& a) {
        for (const NameRef& target : a.targets) {
            if (auto done = setTarget(target, true, {}); !done) return done;
        }
        return {};
    }
    Result<void> add(const lab_action::FailSilently& a) {
        for (const NameRef& target : a.targets) {
            if (auto done = setSilent(target, a.from, true, {}); !done) return done;
            if (a.heals) {
                if (auto done = setSilent(target, a.from, false, *a.heals); !done) return done;
            }
        }
        return {};
    }
    Result<void> add(const lab_action::FailOneWay& a) {
        const auto segment = topology_.segmentNamed(a.link.name);
        if (!segment) return unknown(a.link);
        const auto sender = endOf(*segment, a.from);
        if (!sender) return std::unexpected(sender.error());
        push({}, fmt::format("link {} failed in the direction from {}", a.link.name, a.from.name),
             action::SetSilence{*segment, true, *sender, true, false});
        for (const InterfaceRef end : topology_.segment(*segment).ends) {
            if (end != *sender)
                push({}, fmt::format("{} hears nothing any more", topology_.nameOf(end)),
                     action::SetPlug{end, false});
        }
        if (a.heals) return setTarget(a.link, true, *a.heals);
        return {};
    }
    Result<void> setAdmin(const std::vector<NameRef>& names, bool up) {
        for (const NameRef& name : names) {
            const auto interface = topology_.interfaceNamed(name.name);
            if (!interface) return unknown(name);
            push({}, fmt::format("{} {}", name.name, up ? "no shutdown" : "shutdown"),
                 action::SetAdmin{*interface, up});
        }
        return {};
    }
    Result<void> add(const lab_action::Shutdown& a) { return setAdmin(a.interfaces, false); }
    Result<void> add(const lab_action::NoShutdown& a) { return setAdmin(a.interfaces, true); }
    Result<void> add(const lab_action::AddLink& a) {
        auto ends = endsOf(topology_, a.link);
        if (!ends) return std::unexpected(ends.error());
        push({}, fmt::format("link {} added", a.link.name),
             action::AddSegment{a.link.name, a.link.kind, a.link.properties(), std::move(*ends)});
        return {};
    }
    Result<void> add(const lab_action::Change& a) {
        const auto segment = topology_.segmentNamed(a.link.name);
        if (!segment) return unknown(a.link);
        std::string text = fmt::format("link {} changed:", a.link.name);
        if (a.delay) text += fmt::format(" delay {}", toString(*a.delay));
        if (a.bandwidth) text += fmt::format(" bandwidth {}", toString(*a.bandwidth));
        if (a.loss) text += fmt::format(" loss {}", toString(*a.loss));
        if (a.duplicate) text += fmt::format(" duplicate {}", toString(*a.duplicate));
        if (a.reorder) text += fmt::format(" reorder {}", toString(*a.reorder));
        if (a.corrupt) text += fmt::format(" corrupt {}", toString(*a.corrupt));
        if (a.mtu) text += fmt::format(" MTU {}", *a.mtu);
        if (a.queueBytes) text += fmt::format(" queue {} bytes", *a.queueBytes);
        push({}, std::move(text),
             action::ChangeLink{*segment, a.delay, a.loss, a.bandwidth, a.mtu, a.queueBytes, a.duplicate,
                                a.reorder, a.corrupt});
        return {};
    }
    Result<void> add(const lab_action::Flap& a) {
        Duration at;
        for (std::uint32_t i = 0; i < a.times; ++i) {
            if (auto done = setTarget(a.link, false, at); !done) return done;
            at = at + a.down;
            if (auto done = setTarget(a.link, true, at); !done) return done;
            at = at + a.up;
        }
        return {};
    }
    Result<void> setProcess(const NameRef& router, std::string_view protocol, bool running) {
        const auto node = topology_.nodeNamed(router.name);
        if (!node) return unknown(router);
        const auto id = protocol.empty() ? std::optional(ProtocolId::none()) : protocolNamed(protocol);
        if (!id) return failure(fmt::format("there is no protocol '{}'", protocol), router.place.at);
        const std::string_view what = protocol.empty() ? "all protocols" : protocol;
        push({}, fmt::format("{} on {} {}", what, router.name, running ? "started" : "stopped"),
             action::SetProcess{*node, *id, running});
        return {};
    }
    Result<void> add(const lab_action::Stop& a) { return setProcess(a.router, a.protocol, false); }
    Result<void> add(const lab_action::Start& a) { return setProcess(a.router, a.protocol, true); }
    Result<void> setFrozen(const NameRef& router, std::string_view protocol, bool frozen, Duration after) {
        const auto node = topology_.nodeNamed(router.name);
        if (!node) return unknown(router);
        const auto id = protocol.empty() ? std::optional(ProtocolId::none()) : protocolNamed(protocol);
        if (!id) return failure(fmt::format("there is no protocol '{}'", protocol), router.place.at);
        const std::string_view what = protocol.empty() ? "all protocols" : protocol;
        push(after, fmt::format("{} on {} {}", what, router.name, frozen ? "frozen" : "thawed"),
             action::SetFrozen{*node, *id, frozen});
        return {};
    }
    Result<void> add(const lab_action::Freeze& a) {
        auto done = setFrozen(a.router, a.protocol, true, {});
        return !done || !a.heals ? done : setFrozen(a.router, a.protocol, false, *a.heals);
    }
    Result<void> add(const lab_action::Thaw& a) { return setFrozen(a.router, a.protocol, false, {}); }
    // These three are LabWorld's: they need the configuration reader, the shell, or time.
    Result<void> add(const lab_action::Configure&) { return {}; }
    Result<void> add(const lab_action::Command&) { return {}; }
    Result<void> add(const lab_action::Wait&) { return {}; }

    const Topology& topology_;
    std::vector<TimedAction> actions_;
};

}  // namespace

Result<std::vector<TimedAction>> engineActions(const Simulation& world, const LabAction& action) {
    return Translator(world).translate(action);
}

}  // namespace peerscape
