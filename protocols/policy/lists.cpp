#include "protocols/policy/lists.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace peerscape::policy {
namespace {

std::string filterTextOf(const WildcardAddress& address, bool isExtended) {
    switch (address.form) {
        case WildcardAddress::Form::Any:
            return "any";
        case WildcardAddress::Form::Host:
            return (isExtended ? "host " : "") + toString(address.address);
        case WildcardAddress::Form::Wildcard:
            return toString(address.address) + " " + toString(address.wildcard);
    }
    return {};
}

std::string filterTextOf(const AnyFilter&) { return "any"; }

std::string filterTextOf(const NetworkFilter& filter) {
    return toString(filter.prefix) + (filter.isExact ? " exact-match" : "");
}

std::string filterTextOf(const WildcardFilter& filter) {
    if (!filter.destination) return filterTextOf(filter.source, false);
    return "ip " + filterTextOf(filter.source, true) + " " + filterTextOf(*filter.destination, true);
}

bool isMatch(const AnyFilter&, const Prefix&) { return true; }

bool isMatch(const NetworkFilter& filter, const Prefix& network) {
    return filter.isExact ? filter.prefix == network : filter.prefix.contains(network);
}

bool isMatch(const WildcardFilter& filter, const Prefix& network) {
    if (!network.address().isV4() || !filter.source.matches(network.address())) return false;
    return !filter.destination || filter.destination->matches(network.netmask());
}

}  // namespace

std::string_view toString(Action action) { return action == Action::Permit ? "permit" : "deny"; }

bool PrefixListEntry::matches(const Prefix& network) const {
    if (!prefix.contains(network)) return false;
    if (isAny) return true;
    const std::uint8_t least = ge.value_or(0);
    const std::uint8_t most = le.value_or(0);
    if (least == 0 && most == 0) return network.length() == prefix.length();
    return network.length() >= least && (most == 0 || network.length() <= most);
}

std::string PrefixListEntry::text() const {
    std::string text = fmt::format("{} {}", toString(action), isAny ? std::string("any") : toString(prefix));
    if (ge) text += fmt::format(" ge {}", *ge);
    if (le) text += fmt::format(" le {}", *le);
    return text;
}

Action PrefixList::apply(const Prefix& network) const {
    if (entries.empty()) return Action::Permit;
    const auto found =
        std::ranges::find_if(entries, [&](const auto& entry) { return entry.second.matches(network); });
    return found == entries.end() ? Action::Deny : found->second.action;
}

bool WildcardAddress::matches(const IpAddress& other) const {
    switch (form) {
        case Form::Any:
            return true;
        case Form::Host:
            return other == address;
        case Form::Wildcard:
            return (other.v4Number() & ~wildcard.v4Number()) == (address.v4Number() & ~wildcard.v4Number());
    }
    return false;
}

bool AccessListEntry::matches(const Prefix& network) const {
    return std::visit([&](const auto& f) { return isMatch(f, network); }, filter);
}

std::string AccessListEntry::text() const { return fmt::format("{} {}", toString(action), filterText()); }

std::string AccessListEntry::filterText() const {
    return std::visit([](const auto& f) { return filterTextOf(f); }, filter);
}

Action AccessList::apply(const Prefix& network) const {
    const auto found =
        std::ranges::find_if(entries, [&](const auto& entry) { return entry.second.matches(network); });
    return found == entries.end() ? Action::Deny : found->second.action;
}

}  // namespace peerscape::policy
