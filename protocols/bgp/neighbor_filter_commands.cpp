/// `neighbor …` in an address family: the lists and route-maps that stand between.
#include <fmt/format.h>

#include "protocols/bgp/command_list.hpp"

namespace peerscape::bgp {
namespace {

using Settings = NeighborFamilySettings;
using Name = std::optional<std::string>;

Direction directionIn(const NeighborLine& n) {
    return n.arguments.has("in") ? Direction::In : Direction::Out;
}

/// `words NAME in|out`. Where two lists would do the same work, only one of them may be there.
void addList(CommandList& list, const std::string& words, const std::string& name, const std::string& help,
             InAndOut<Name> Settings::* place, InAndOut<Name> Settings::* conflicting) {
    const std::string pattern = words + " " + name + "$list <in|out>";
    list.addNeighborFamily(
        pattern, help,
        [place, conflicting](const NeighborLine& n) -> Result<void> {
            const Direction direction = directionIn(n);
            if (conflicting != nullptr && (n.familySettings().*conflicting)[direction])
                return failure("Prefix/distribute list can not co-exist");
            return CommandList::set((n.familySettings().*place)[direction],
                                    std::string(n.arguments.text("list")));
        },
        [place](const NeighborLine& n) {
            return CommandList::set((n.familySettings().*place)[directionIn(n)], std::nullopt);
        });
}

void addConditional(CommandList& list) {
    const std::string pattern =
        "advertise-map RMAP_NAME$advertise <exist-map|non-exist-map$absent> RMAP_NAME$condition";
    list.addNeighborFamily(
        pattern, "Announces what one route-map permits while another finds something, or finds nothing.",
        [](const NeighborLine& n) {
            return CommandList::set(n.familySettings().conditionalAdvertisement,
                                    ConditionalAdvertisement{std::string(n.arguments.text("advertise")),
                                                             std::string(n.arguments.text("condition")),
                                                             !n.arguments.has("absent")});
        },
        [](const NeighborLine& n) {
            return CommandList::set(n.familySettings().conditionalAdvertisement, std::nullopt);
        });
}

}  // namespace

void addNeighborFilters(CommandList& list) {
    addList(list, "route-map", "RMAP_NAME", "Judges and changes routes from or to the neighbour.",
            &Settings::routeMap, nullptr);
    addList(list, "prefix-list", "PREFIXLIST_NAME", "Only networks that the list permits.",
            &Settings::prefixList, &Settings::distributeList);
    addList(list, "distribute-list", "ACCESSLIST_NAME", "Only networks that the list permits.",
            &Settings::distributeList, &Settings::prefixList);
    addList(list, "filter-list", "AS_PATH_FILTER_NAME", "Only paths that the as-path list permits.",
            &Settings::filterList, nullptr);
    list.addNeighborFamily(
        "unsuppress-map RMAP_NAME$map", "Announces what it permits though an aggregate suppresses it.",
        [](const NeighborLine& n) {
            return CommandList::set(n.familySettings().unsuppressMap, std::string(n.arguments.text("map")));
        },
        [](const NeighborLine& n) {
            return CommandList::set(n.familySettings().unsuppressMap, std::nullopt);
        },
        "unsuppress-map [RMAP_NAME]");
    list.addNeighborFamily(
        "default-originate [route-map RMAP_NAME$map]", "Announces a default route to the neighbour.",
        [](const NeighborLine& n) {
            return CommandList::set(n.familySettings().defaultOriginate,
                                    DefaultOriginate{std::string(n.arguments.text("map"))});
        },
        [](const NeighborLine& n) {
            return CommandList::set(n.familySettings().defaultOriginate, std::nullopt);
        });
    addConditional(list);
}

}  // namespace peerscape::bgp
