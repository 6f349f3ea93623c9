#pragma once

#include <functional>
#include <string_view>

#include "scenarios/format/lab_file.hpp"

/// Questions about the groups of a lab, and who lies in them.
namespace peerscape {

/// Whether `inner` is `outer`, or lies in it, at any depth. Null lies in nothing.
bool isInside(const LabFile& lab, const GroupEntry* inner, const GroupEntry& outer);
/// The group that the router names; null when it names none.
const GroupEntry* groupOf(const LabFile& lab, std::string_view router);
/// Whether the router lies in the group, at any depth.
bool isInGroup(const LabFile& lab, std::string_view router, const GroupEntry& group);
/// The nearest group around the router that has an AS number; null when none has.
const GroupEntry* numberedGroupOf(const LabFile& lab, std::string_view router);

/// Whether one lies in the other, or both have the same parent.
bool areRelated(const LabFile& lab, const GroupEntry& first, const GroupEntry& second);
/// Whether a link or LAN, also one that a step adds, has an end in each.
bool areLinked(const LabFile& lab, const GroupEntry& first, const GroupEntry& second);

/// Whether the text says "multihomed", in any spelling and case: "Multi-homed", "dual-homed" …
bool saysMultihomed(std::string_view text);
/// Whether the group's name, kind or title says so.
bool isCalledMultihomed(const GroupEntry& group);
/// Whether a router for which the condition holds is the customer of a link of relation customer-provider.
bool hasProviderLink(const LabFile& lab, const std::function<bool(const RouterEntry&)>& isMember);

}  // namespace peerscape
