#include "scenarios/mrt/rib_dump.hpp"

#include <map>
#include <vector>

#include "protocols/bgp/mrt.hpp"

namespace peerscape::mrt {

Bytes ribDump(const bgp::BgpProcess& process, SimTime now, std::string_view routerName) {
    const bgp::mrt::Timestamp time = bgp::mrt::Timestamp::at(now, 0);
    std::vector<bgp::mrt::Peer> peers;
    peers.push_back({process.routerId(), IpAddress::any(Family::IPv4), *process.config().number});
    std::map<bgp::PeerId, std::uint16_t> places;
    for (const auto& [id, peer] : process.peers()) {
        places[id] = static_cast<std::uint16_t>(peers.size());
        peers.push_back({peer.facts.routerId, peer.address(), peer.facts.remoteAs});
    }
    Bytes dump = bgp::mrt::peerIndexTable(time, process.routerId(), routerName, peers);
    std::uint32_t sequence = 0;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const PrefixMap<bgp::Destination>& table = process.table(family);
        for (const std::uint32_t position : table.sorted()) {
            const auto [prefix, destination] = table.at(position);
            std::vector<bgp::mrt::RibEntry> entries;
            bool hasPathIds = false;
            for (const bgp::Path& path : destination.paths) {
                const auto seconds = bgp::mrt::Timestamp::at(path.since, 0).seconds;
                const std::uint16_t place = path.peer.isSome() ? places.at(path.peer) : std::uint16_t{0};
                entries.push_back(
                    {place, seconds, path.pathId, process.nextHops()[path.nextHop].value, path.attributes});
                hasPathIds = hasPathIds || path.pathId != 0;
            }
            if (entries.empty()) continue;
            const Bytes record = bgp::mrt::rib(time, sequence++, prefix, entries, hasPathIds);
            dump.insert(dump.end(), record.begin(), record.end());
        }
    }
    return dump;
}

}  // namespace peerscape::mrt
