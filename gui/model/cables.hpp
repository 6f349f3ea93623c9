#pragma once

#include <string>
#include <vector>

#include "scenarios/format/lab_file.hpp"

namespace peerscape::gui {

/// Calls `join(a, b)` for the two nodes of every cable: of links, of LANs from the first end to each other
/// one, and of hosts to their gateways.
template <typename Join>
void forEachCable(const LabFile& lab, Join join) {
    for (const std::vector<LinkEntry>* list : {&lab.links, &lab.lans}) {
        for (const LinkEntry& link : *list) {
            for (std::size_t i = 1; i < link.ends.size(); ++i)
                join(link.ends[0].node.name, link.ends[i].node.name);
        }
    }
    for (const HostEntry& host : lab.hosts) {
        if (host.gateway) join(host.name, host.gateway->name);
    }
}

}  // namespace peerscape::gui
