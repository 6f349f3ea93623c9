// AS numbers that look like a slip of the pen: warnings, since a lab may mean them. Configurations are looked
// at when the lab is loaded (as_number_warnings.hpp).
#include <set>

#include <fmt/format.h>

#include "protocols/bgp/as_numbers.hpp"
#include "scenarios/format/group_tree.hpp"
#include "scenarios/format/lab_checks.hpp"
#include "scenarios/format/lab_walk.hpp"

namespace peerscape {
namespace {

class AsNumberCheck {
  public:
    AsNumberCheck(const LabFile& lab, DiagnosticList& problems) : lab_(lab), problems_(problems) {}

    void run() {
        for (const GroupEntry& group : lab_.groups)
            checkNumber(group.asn, group.place);
        for (const RouterEntry& router : lab_.routers)
            checkNumber(router.asn, router.place);
        for (std::size_t i = 0; i < lab_.groups.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j)
                checkPair(lab_.groups[j], lab_.groups[i]);
        }
        for (const GroupEntry& group : lab_.groups)
            checkUpstreams(group);
    }

  private:
    void checkNumber(const std::optional<Asn>& number, const Place& place) {
        if (!number || !bgp::isReserved(*number)) return;
        problems_.warning(place.at, fmt::format("AS {} {}: nobody can have it", toString(*number),
                                                bgp::reasonReserved(*number)));
    }

    /// Two parts of one AS have a link, or lie in one group.
    void checkPair(const GroupEntry& first, const GroupEntry& second) {
        if (!first.asn || first.asn != second.asn) return;
        if (areRelated(lab_, first, second) || areLinked(lab_, first, second)) return;
        problems_.warning(
            second.place.at,
            fmt::format("group '{}' has the number of group '{}', AS {}, and no link leads from one to the "
                        "other: each takes the other's routes for a loop",
                        second.name, first.name, toString(*second.asn)));
    }

    void checkUpstreams(const GroupEntry& group) {
        if (!isCalledMultihomed(group)) return;
        std::set<Asn> providers;
        forEachLink(lab_, [&](const LinkEntry& link) {
            if (link.relation != Relation::CustomerProvider || link.ends.size() != 2) return;
            const RouterEntry* provider = lab_.router(link.ends[1].node.name);
            if (provider == nullptr || !isInGroup(lab_, link.ends[0].node.name, group)) return;
            if (const auto number = lab_.asnOf(*provider)) providers.insert(*number);
        });
        if (providers.size() != 1) return;
        problems_.warning(group.place.at,
                          fmt::format("group '{}' is called multihomed, and has one provider only, AS {}",
                                      group.name, toString(*providers.begin())));
    }

    const LabFile& lab_;
    DiagnosticList& problems_;
};

}  // namespace

void checkAsNumbers(const LabFile& lab, DiagnosticList& problems) { AsNumberCheck(lab, problems).run(); }

}  // namespace peerscape
