#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "engine/base/ip_address.hpp"

namespace peerscape::policy {

enum class Action : std::uint8_t { Deny, Permit };

/// "permit", "deny".
std::string_view toString(Action action);

/// The number that an entry gets when none is given: 5 above the greatest one so far.
template <typename Entry>
std::uint32_t nextSequence(const std::map<std::uint32_t, Entry>& entries) {
    if (entries.empty()) return 5;
    const std::uint64_t next = std::uint64_t{entries.rbegin()->first} + 5;
    return next > UINT32_MAX ? UINT32_MAX : static_cast<std::uint32_t>(next);
}

/// `permit 10.0.0.0/8 ge 16 le 24`.
struct PrefixListEntry {
    Action action = Action::Permit;
    bool isAny = false;  ///< written as `any`: every network of the family
    Prefix prefix;
    std::optional<std::uint8_t> ge;  ///< least length of a network inside the prefix that matches
    std::optional<std::uint8_t> le;  ///< greatest

    /// Without ge and le only exactly this network; with one of them, networks inside it of such a length. A
    /// 0 is no limit, as FRR has it.
    bool matches(const Prefix& network) const;
    /// "permit 10.0.0.0/8 ge 16".
    std::string text() const;

    friend bool operator==(const PrefixListEntry&, const PrefixListEntry&) = default;
};

struct PrefixList {
    std::map<std::uint32_t, PrefixListEntry> entries;  ///< by sequence number
    std::string description;

    /// The first entry that matches decides, none means deny. A list without entries permits everything (it
    /// exists for its description), as FRR has it.
    Action apply(const Prefix& network) const;

    friend bool operator==(const PrefixList&, const PrefixList&) = default;
};

/// `10.0.0.0/8 [exact-match]`: networks inside it, or exactly it.
struct NetworkFilter {
    Prefix prefix;
    bool isExact = false;
    friend bool operator==(const NetworkFilter&, const NetworkFilter&) = default;
};

/// An address with the bits that do not matter set in `wildcard`: `10.0.0.0 0.0.255.255`, `host 10.0.0.1`,
/// `any`.
struct WildcardAddress {
    enum class Form : std::uint8_t { Any, Host, Wildcard };
    Form form = Form::Host;
    IpAddress address;
    IpAddress wildcard;

    bool matches(const IpAddress& other) const;
    friend bool operator==(const WildcardAddress&, const WildcardAddress&) = default;
};

/// The numbered form: `access-list 10 permit 10.0.0.0 0.0.255.255`. With a destination (`permit ip SOURCE
/// DESTINATION`) the source is compared with the network's address and the destination with its mask.
struct WildcardFilter {
    WildcardAddress source;
    std::optional<WildcardAddress> destination;
    friend bool operator==(const WildcardFilter&, const WildcardFilter&) = default;
};

struct AnyFilter {
    friend bool operator==(const AnyFilter&, const AnyFilter&) = default;
};

struct AccessListEntry {
    Action action = Action::Permit;
    std::variant<AnyFilter, NetworkFilter, WildcardFilter> filter;

    bool matches(const Prefix& network) const;
    /// "permit 10.0.0.0/8 exact-match".
    std::string text() const;
    /// The same without the action.
    std::string filterText() const;

    friend bool operator==(const AccessListEntry&, const AccessListEntry&) = default;
};

struct AccessList {
    std::map<std::uint32_t, AccessListEntry> entries;  ///< by sequence number
    std::string remark;

    /// The first entry that matches decides; none means deny.
    Action apply(const Prefix& network) const;

    friend bool operator==(const AccessList&, const AccessList&) = default;
};

}  // namespace peerscape::policy
