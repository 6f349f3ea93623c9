#pragma once

#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/policy/communities.hpp"
#include "protocols/policy/lists.hpp"
#include "protocols/policy/regular_expression.hpp"

/// Lists on what only BGP's routes have. They look at plain values, so that this folder knows no BGP.
namespace peerscape::policy {

/// `bgp as-path access-list NAME permit REGEX`.
struct AsPathListEntry {
    Action action = Action::Permit;
    RegularExpression expression;
    std::string text() const;
    friend auto operator<=>(const AsPathListEntry&, const AsPathListEntry&) = default;
};

struct AsPathList {
    NumberedEntries<AsPathListEntry> entries;

    /// The first entry whose expression finds something in the path's text decides; none means deny.
    Action apply(std::string_view path) const;
    friend bool operator==(const AsPathList&, const AsPathList&) = default;
};

/// `permit 65001:1 65001:2` (all of them must be there), or of an expanded list `permit REGEX`.
template <typename Value>
struct ValueListEntry {
    Action action = Action::Permit;
    std::variant<std::vector<Value>, RegularExpression> content;

    /// "permit 65001:1 65001:2".
    std::string text() const;
    friend auto operator<=>(const ValueListEntry&, const ValueListEntry&) = default;
};

/// A community-list. Values handed to it are ascending, none twice.
template <typename Value>
struct ValueList {
    bool isExpanded = false;
    NumberedEntries<ValueListEntry<Value>> entries;

    /// The first entry that matches decides; none means deny.
    Action apply(std::span<const Value> values) const;
    /// The same, but a route must have the entry's values and no others.
    Action applyExactly(std::span<const Value> values) const;
    /// Whether `set comm-list … delete` takes this value away: the first entry that it alone matches permits.
    bool deletes(const Value& value) const;

    friend bool operator==(const ValueList&, const ValueList&) = default;
};

using CommunityList = ValueList<CommunityValue>;
using ExtendedCommunityList = ValueList<ExtendedCommunityValue>;
using LargeCommunityList = ValueList<LargeCommunityValue>;

extern template struct ValueListEntry<CommunityValue>;
extern template struct ValueListEntry<ExtendedCommunityValue>;
extern template struct ValueListEntry<LargeCommunityValue>;
extern template struct ValueList<CommunityValue>;
extern template struct ValueList<ExtendedCommunityValue>;
extern template struct ValueList<LargeCommunityValue>;

}  // namespace peerscape::policy
