#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/quantities.hpp"
#include "engine/base/time.hpp"
#include "scenarios/format/lab_names.hpp"

namespace peerscape {

/// The actions a step may take, each named after its word in the lab file.
/// A target is a link, a LAN, a router or host (all its cables), or one interface as `router:interface`.
namespace lab_action {

/// Both ends see it at once.
struct Fail {
    std::vector<NameRef> targets;
    std::optional<Duration> heals;  ///< `for:` restored by itself after this time
    friend bool operator==(const Fail&, const Fail&) = default;
};
/// Undoes every kind of failure of the targets.
struct Restore {
    std::vector<NameRef> targets;
    friend bool operator==(const Restore&, const Restore&) = default;
};
/// Packets vanish and no end sees it.
struct FailSilently {
    std::vector<NameRef> targets;
    std::optional<NameRef> from;  ///< only packets sent by this node vanish
    std::optional<Duration> heals;
    friend bool operator==(const FailSilently&, const FailSilently&) = default;
};
/// One direction dies, and the end that no longer hears anything sees it.
struct FailOneWay {
    NameRef link;
    NameRef from;  ///< packets sent by this node vanish
    std::optional<Duration> heals;
    friend bool operator==(const FailOneWay&, const FailOneWay&) = default;
};
/// By the administrator of the router: `router:interface`.
struct Shutdown {
    std::vector<NameRef> interfaces;
    friend bool operator==(const Shutdown&, const Shutdown&) = default;
};
struct NoShutdown {
    std::vector<NameRef> interfaces;
    friend bool operator==(const NoShutdown&, const NoShutdown&) = default;
};
/// A new link or LAN; `link.kind` says which.
struct AddLink {
    LinkEntry link;
    friend bool operator==(const AddLink&, const AddLink&) = default;
};
/// Lines typed into the router's configuration mode.
struct Configure {
    NameRef router;
    std::vector<std::string> lines;
    friend bool operator==(const Configure&, const Configure&) = default;
};
/// A command typed at the router's prompt.
struct Command {
    NameRef router;
    std::string line;
    friend bool operator==(const Command&, const Command&) = default;
};
struct Wait {
    Duration duration;
    friend bool operator==(const Wait&, const Wait&) = default;
};
/// Other properties for a link or LAN; what is absent stays.
struct Change {
    NameRef link;
    std::optional<Duration> delay;
    std::optional<Bandwidth> bandwidth;
    std::optional<Probability> loss;
    std::optional<Probability> duplicate;
    std::optional<Probability> reorder;
    std::optional<Probability> corrupt;
    std::optional<std::uint32_t> mtu;
    std::optional<std::uint32_t> queueBytes;
    friend bool operator==(const Change&, const Change&) = default;
};
/// Fails and restores again and again: `down` failed, `up` whole, `times` over.
struct Flap {
    NameRef link;
    Duration down;
    Duration up;
    std::uint32_t times = 1;
    friend bool operator==(const Flap&, const Flap&) = default;
};
/// Ends a router, or one protocol on it, as killing its daemon would.
struct Stop {
    NameRef router;
    std::string protocol;  ///< empty: all of the router
    friend bool operator==(const Stop&, const Stop&) = default;
};
struct Start {
    NameRef router;
    std::string protocol;
    friend bool operator==(const Start&, const Start&) = default;
};

/// A router's protocol hangs, or all of them: it handles nothing, while its routes and TCP stay.
struct Freeze {
    NameRef router;
    std::string protocol;  ///< empty: all of the router
    std::optional<Duration> heals;
    friend bool operator==(const Freeze&, const Freeze&) = default;
};
/// It goes on, with all that it has missed.
struct Thaw {
    NameRef router;
    std::string protocol;
    friend bool operator==(const Thaw&, const Thaw&) = default;
};

}  // namespace lab_action

/// One entry of `do:`.
struct LabAction {
    using What =
        std::variant<lab_action::Fail, lab_action::Restore, lab_action::FailSilently, lab_action::FailOneWay,
                     lab_action::Shutdown, lab_action::NoShutdown, lab_action::AddLink, lab_action::Configure,
                     lab_action::Command, lab_action::Wait, lab_action::Change, lab_action::Flap,
                     lab_action::Stop, lab_action::Start, lab_action::Freeze, lab_action::Thaw>;
    What what;
    Place place;

    friend bool operator==(const LabAction&, const LabAction&) = default;
};

/// The action's word in the lab file: "fail", "add_lan" …
std::string_view wordOf(const LabAction& action);

}  // namespace peerscape
