#pragma once

#include <string>

#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/intent_view.hpp"
#include "scenarios/format/lab_file.hpp"
#include "scenarios/format/lab_reader.hpp"

/// Intents expanded: from what a lab asks for to interfaces, addresses and FRR configurations.
namespace peerscape {

/// The full form of a lab that was read without errors: every end has an interface, links and hosts have
/// their addresses, stub networks are LANs, every router without configuration that names protocols and every
/// host with a gateway has a configuration text, the first step is step 0, and destinations given by name
/// have an address. It can be saved, and read and expanded again without change. Each configuration is in
/// `config` of its router, with the place of its first line in `origin`; the text made from intents gives a
/// name in angle brackets as its file.
LabOutcome expandLab(const LabFile& lab);

/// The pieces of a configuration made from intents, one function per protocol; each is empty when there is
/// nothing to say.
namespace intents {

/// `ip route` to all networks of the lab (of the own AS, when the router speaks BGP) by the way with the
/// fewest hops.
std::string staticRoutes(const IntentView& view, std::size_t node);
/// `ip route` of a host to everything by its gateway.
std::string defaultRoute(const IntentView& view, std::size_t host, const std::string& gateway);
std::string rip(const IntentView& view, std::size_t node);
std::string ripng(const IntentView& view, std::size_t node);
std::string eigrp(const IntentView& view, std::size_t node);
/// Sessions, announcements, and policies after Gao and Rexford where links name a relation.
std::string bgp(const IntentView& view, std::size_t node);

}  // namespace intents

}  // namespace peerscape
