#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scenarios/format/lab_checks.hpp"

namespace peerscape {

namespace {

class AddressCheck {
  public:
    explicit AddressCheck(DiagnosticList& problems) : problems_(problems) {}

    void checkLoopback(const std::string& node, const PlacedAddress& address) {
        if (!isUsable(address)) return;
        // The same address on the loopbacks of several nodes is anycast; twice on one node it is a slip.
        const auto [first, isNew] = loopbacks_.try_emplace({address.value.address, node}, address.place);
        if (!isNew) report(address, node + ":lo", first->second);
    }

    void checkLink(const LinkEntry& link) {
        std::map<IpAddress, Place> here;
        for (const EndEntry& end : link.ends) {
            const std::string name =
                end.interface.empty() ? end.node.name : end.node.name + ":" + end.interface;
            for (const PlacedAddress& address : end.addresses) {
                if (!isUsable(address)) continue;
                // Link-local addresses mean something on their own link only.
                const bool isLinkLocal = address.value.address.isLinkLocal();
                auto& known = isLinkLocal ? here : everywhere_;
                const auto [first, isNew] = known.try_emplace(address.value.address, address.place);
                if (!isNew) report(address, name, first->second);
            }
        }
        warnAboutNetworks(link);
    }

    /// An address of a link must not also be a loopback's, on whatever node.
    void checkLoopbacksAgainstLinks() {
        for (const auto& [key, place] : loopbacks_) {
            const auto found = everywhere_.find(key.first);
            if (found == everywhere_.end()) continue;
            problems_.error(place.at,
                            fmt::format("address {} of '{}:lo' is already that of an interface, in line {}",
                                        toString(key.first), key.second, found->second.at.line));
        }
    }

  private:
    void report(const PlacedAddress& address, const std::string& name, const Place& first) {
        problems_.error(address.place.at, fmt::format("address {} of '{}' is used already, in line {}",
                                                      toString(address.value.address), name, first.at.line));
    }

    bool isUsable(const PlacedAddress& placed) {
        const IpAddress& address = placed.value.address;
        if (!address.isUnicast()) {
            problems_.error(placed.place.at,
                            fmt::format("{} is no address that an interface can have", toString(address)));
            return false;
        }
        if (address.isLoopback()) {
            problems_.error(placed.place.at, fmt::format("{} is the address of the node itself (loopback)",
                                                         toString(address)));
            return false;
        }
        const bool hasHostBits = address.isV4() && placed.value.length < 31;
        if (hasHostBits && address == placed.value.network().address()) {
            problems_.warning(
                placed.place.at,
                fmt::format("{} is the network itself and not one of its hosts", toString(placed.value)));
        } else if (hasHostBits && placed.value.broadcast() == address) {
            problems_.warning(placed.place.at, fmt::format("{} is the broadcast address of its network",
                                                           toString(placed.value)));
        }
        return true;
    }

    /// Ends that share no network cannot talk to each other. A single address (/32, /128) is meant to be
    /// alone.
    void warnAboutNetworks(const LinkEntry& link) {
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            std::optional<Prefix> first;
            for (const EndEntry& end : link.ends) {
                std::vector<const PlacedAddress*> candidates;
                for (const PlacedAddress& address : end.addresses) {
                    const bool counts =
                        address.value.address.family() == family &&
                        address.value.length < addressBits(family) && address.value.address.isUnicast() &&
                        !address.value.address.isLoopback() && !address.value.address.isLinkLocal();
                    if (counts) candidates.push_back(&address);
                }
                if (candidates.empty()) continue;
                if (!first) {
                    if (candidates.size() > 1)
                        break;  // several networks on one link: the author knows what he does
                    first = candidates[0]->value.network();
                    continue;
                }
                const bool fits = std::ranges::any_of(
                    candidates, [&](const PlacedAddress* a) { return a->value.network() == *first; });
                if (!fits) {
                    problems_.warning(
                        candidates[0]->place.at,
                        fmt::format("{} is not in the network {} of the first end of '{}'",
                                    toString(candidates[0]->value), toString(*first), link.name));
                }
            }
        }
    }

    DiagnosticList& problems_;
    std::map<IpAddress, Place> everywhere_;
    std::map<std::pair<IpAddress, std::string>, Place> loopbacks_;
};

}  // namespace

void checkAddresses(const LabFile& lab, DiagnosticList& problems) {
    AddressCheck check(problems);
    for (const RouterEntry& router : lab.routers) {
        for (const PlacedAddress& address : router.loopback)
            check.checkLoopback(router.name, address);
    }
    for (const LinkEntry& link : lab.links)
        check.checkLink(link);
    for (const LinkEntry& lan : lab.lans)
        check.checkLink(lan);
    for (const StepEntry& step : lab.steps) {
        for (const LabAction& action : step.actions) {
            if (const auto* add = std::get_if<lab_action::AddLink>(&action.what)) check.checkLink(add->link);
        }
    }
    check.checkLoopbacksAgainstLinks();
}

}  // namespace peerscape
