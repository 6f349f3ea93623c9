// AS numbers that look like a slip of the pen: warnings, since a lab may mean them.
#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "scenarios/format/lab_checks.hpp"
#include "scenarios/format/lab_walk.hpp"

namespace peerscape {
namespace {

struct SpecialNumber {
    std::uint32_t number;
    std::string_view why;
};
constexpr std::array kSpecialNumbers{
    SpecialNumber{23456, "stands for numbers of four octets in old messages (RFC 6793)"},
    SpecialNumber{65535, "is reserved (RFC 7300)"},
    SpecialNumber{4294967295, "is reserved (RFC 7300)"},
};

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
        for (const SpecialNumber& special : kSpecialNumbers) {
            if (number && number->value() == special.number)
                problems_.warning(place.at,
                                  fmt::format("AS {} {}: nobody can have it", special.number, special.why));
        }
    }

    /// Whether `inner` is `outer`, or lies in it. A chain of parents is no longer than there are groups.
    bool isInside(const GroupEntry* inner, const GroupEntry& outer) const {
        for (std::size_t level = 0; inner != nullptr && level <= lab_.groups.size(); ++level) {
            if (inner == &outer) return true;
            inner = inner->parent ? lab_.group(inner->parent->name) : nullptr;
        }
        return false;
    }
    const GroupEntry* groupOf(const std::string& router) const {
        const RouterEntry* entry = lab_.router(router);
        return entry == nullptr || !entry->group ? nullptr : lab_.group(entry->group->name);
    }
    bool areLinked(const GroupEntry& first, const GroupEntry& second) const {
        bool areLinked = false;
        forEachLink(lab_, [&](const LinkEntry& link) {
            const auto hasEndIn = [&](const GroupEntry& group) {
                return std::ranges::any_of(
                    link.ends, [&](const EndEntry& end) { return isInside(groupOf(end.node.name), group); });
            };
            areLinked = areLinked || (hasEndIn(first) && hasEndIn(second));
        });
        return areLinked;
    }

    /// Two parts of one AS have a link, or lie in one group.
    void checkPair(const GroupEntry& first, const GroupEntry& second) {
        const bool areRelated = isInside(&first, second) || isInside(&second, first) ||
                                (first.parent && second.parent && first.parent->name == second.parent->name);
        if (!first.asn || first.asn != second.asn || areRelated || areLinked(first, second)) return;
        problems_.warning(
            second.place.at,
            fmt::format("group '{}' has the number of group '{}', AS {}, and no link leads from one to the "
                        "other: each takes the other's routes for a loop",
                        second.name, first.name, toString(*second.asn)));
    }

    void checkUpstreams(const GroupEntry& group) {
        std::string words = group.kind + " " + group.title + " " + group.name;
        std::ranges::transform(words, words.begin(), [](unsigned char c) { return std::tolower(c); });
        if (words.find("multihomed") == std::string::npos) return;
        std::set<Asn> providers;
        forEachLink(lab_, [&](const LinkEntry& link) {
            if (link.relation != Relation::CustomerProvider || link.ends.size() != 2) return;
            const RouterEntry* provider = lab_.router(link.ends[1].node.name);
            if (provider == nullptr || !isInside(groupOf(link.ends[0].node.name), group)) return;
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
