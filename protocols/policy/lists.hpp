#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/base/ip_address.hpp"

namespace peerscape::policy {

enum class Action : std::uint8_t { Deny, Permit };

/// "permit", "deny".
std::string_view toString(Action action);

/// The entries of a list by their sequence numbers. It also finds an entry by its content without looking at
/// all of them: each new line of a configuration asks whether it is there already, and lists may be long.
template <typename Entry>
class NumberedEntries {
  public:
    auto begin() const { return byNumber_.begin(); }
    auto end() const { return byNumber_.end(); }
    bool empty() const { return byNumber_.empty(); }
    std::size_t size() const { return byNumber_.size(); }
    /// None when the list is empty.
    std::optional<std::uint32_t> firstNumber() const {
        return empty() ? std::nullopt : std::optional(byNumber_.begin()->first);
    }
    std::optional<std::uint32_t> lastNumber() const {
        return empty() ? std::nullopt : std::optional(byNumber_.rbegin()->first);
    }
    /// The number that an entry gets when none is given: 5 above the greatest one so far.
    std::uint32_t nextNumber() const {
        const std::uint64_t next = std::uint64_t{lastNumber().value_or(0)} + 5;
        return next > UINT32_MAX ? UINT32_MAX : static_cast<std::uint32_t>(next);
    }
    /// The same in lists that count in round numbers: the next multiple of 5.
    std::uint32_t nextRoundNumber() const {
        const std::uint64_t next = std::uint64_t{lastNumber().value_or(0)} / 5 * 5 + 5;
        return next > UINT32_MAX ? UINT32_MAX : static_cast<std::uint32_t>(next);
    }
    /// Whether an equal entry has another number than this one.
    bool isElsewhere(const Entry& entry, std::uint32_t number) const {
        for (auto at = byContent_.lower_bound({entry, 0}); at != byContent_.end() && at->first == entry;
             ++at) {
            if (at->second != number) return true;
        }
        return false;
    }
    /// Adds an entry, or puts it in the place of the one of this number.
    void put(std::uint32_t number, Entry entry) {
        erase(number);
        byContent_.emplace(entry, number);
        byNumber_.emplace(number, std::move(entry));
    }
    /// False when there is none of this number.
    bool erase(std::uint32_t number) {
        const auto found = byNumber_.find(number);
        if (found == byNumber_.end()) return false;
        byContent_.erase({found->second, number});
        byNumber_.erase(found);
        return true;
    }
    /// Erases all entries equal to this one; false when there are none.
    bool erase(const Entry& entry) {
        const auto first = byContent_.lower_bound({entry, 0});
        auto last = first;
        for (; last != byContent_.end() && last->first == entry; ++last)
            byNumber_.erase(last->second);
        const bool isErased = first != last;
        byContent_.erase(first, last);
        return isErased;
    }

    friend bool operator==(const NumberedEntries& a, const NumberedEntries& b) {
        return a.byNumber_ == b.byNumber_;
    }

  private:
    std::map<std::uint32_t, Entry> byNumber_;
    std::set<std::pair<Entry, std::uint32_t>> byContent_;
};

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

    friend auto operator<=>(const PrefixListEntry&, const PrefixListEntry&) = default;
};

struct PrefixList {
    NumberedEntries<PrefixListEntry> entries;
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
    friend auto operator<=>(const NetworkFilter&, const NetworkFilter&) = default;
};

/// An address with the bits that do not matter set in `wildcard`: `10.0.0.0 0.0.255.255`, `host 10.0.0.1`,
/// `any`.
struct WildcardAddress {
    enum class Form : std::uint8_t { Any, Host, Wildcard };
    Form form = Form::Host;
    IpAddress address;
    IpAddress wildcard;

    bool matches(const IpAddress& other) const;
    friend auto operator<=>(const WildcardAddress&, const WildcardAddress&) = default;
};

/// The numbered form: `access-list 10 permit 10.0.0.0 0.0.255.255`. With a destination (`permit ip SOURCE
/// DESTINATION`) the source is compared with the network's address and the destination with its mask.
struct WildcardFilter {
    WildcardAddress source;
    std::optional<WildcardAddress> destination;
    friend auto operator<=>(const WildcardFilter&, const WildcardFilter&) = default;
};

struct AnyFilter {
    friend auto operator<=>(const AnyFilter&, const AnyFilter&) = default;
};

struct AccessListEntry {
    Action action = Action::Permit;
    std::variant<AnyFilter, NetworkFilter, WildcardFilter> filter;

    bool matches(const Prefix& network) const;
    /// "permit 10.0.0.0/8 exact-match".
    std::string text() const;
    /// The same without the action.
    std::string filterText() const;

    friend auto operator<=>(const AccessListEntry&, const AccessListEntry&) = default;
};

struct AccessList {
    NumberedEntries<AccessListEntry> entries;
    std::string remark;

    /// The first entry that matches decides; none means deny.
    Action apply(const Prefix& network) const;

    friend bool operator==(const AccessList&, const AccessList&) = default;
};

}  // namespace peerscape::policy
