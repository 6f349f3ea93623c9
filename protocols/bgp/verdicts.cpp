#include "protocols/bgp/verdicts.hpp"

#include <fmt/format.h>

#include "protocols/bgp/remarks.hpp"

namespace peerscape::bgp {

std::string sentenceOf(const ImportVerdict& verdict) {
    if (!verdict.refusal) return "accepted";
    switch (*verdict.refusal) {
        case Refusal::OwnAs:
            return fmt::format("the AS path has the own number {}: a loop", verdict.by);
        case Refusal::OwnOriginator:
            return "this router originated it, says the originator-id";
        case Refusal::OwnCluster:
            return "it has been through this router's cluster already";
        case Refusal::FirstAs:
            return fmt::format("the AS path does not begin with the neighbor's number {}", verdict.by);
        case Refusal::AsSet:
            return "the AS path has a set, and bgp reject-as-sets is configured";
        case Refusal::RouteLeak:
            return fmt::format("a route leak: AS {} has marked it for its customers only", verdict.by);
        case Refusal::NextHop:
            return fmt::format("no route can have the next hop {}", verdict.by);
        case Refusal::PrefixList:
        case Refusal::DistributeList:
        case Refusal::FilterList:
        case Refusal::RouteMap:
            return "denied by " + verdict.by;
        case Refusal::NoPolicy:
            return "no import policy for an external neighbor (RFC 8212)";
    }
    return {};
}

std::string sentenceOf(const ExportVerdict& verdict) {
    if (!verdict.withheld) return "told";
    switch (*verdict.withheld) {
        case Withheld::Suppressed:
            return "an aggregate stands for it";
        case Withheld::NoAdvertise:
            return "the community no-advertise keeps it here";
        case Withheld::NoExport:
            return "the community no-export keeps it inside the AS";
        case Withheld::LocalAs:
            return "the community local-AS keeps it inside the AS";
        case Withheld::Internal:
            return "a route from an internal neighbor goes to no other internal neighbor";
        case Withheld::NonClient:
            return "a reflector passes on routes of non-clients to clients only";
        case Withheld::ToItsSource:
            return "the neighbor itself has told it";
        case Withheld::Originator:
            return "the neighbor originated it";
        case Withheld::SenderLoop:
            return "the neighbor's number is in the AS path";
        case Withheld::RouteLeak:
            return "a route leak: it is marked for customers only";
        case Withheld::NoPeer:
            return "the community no-peer keeps it from peers by role";
        case Withheld::LongLivedStale:
            return "it is long-lived stale, and the neighbor has not said that it knows such routes";
        case Withheld::DefaultOriginated:
            return "default-originate stands for it";
        case Withheld::PrefixList:
        case Withheld::DistributeList:
        case Withheld::FilterList:
        case Withheld::RouteMap:
            return "denied by " + verdict.by;
        case Withheld::NoPolicy:
            return "no export policy for an external neighbor (RFC 8212)";
        case Withheld::Condition:
            return "the condition of its advertise-map does not hold";
        case Withheld::MaximumOut:
            return "the neighbor gets as many prefixes as it may already";
    }
    return {};
}

std::string RefusalRemark::text() const {
    return fmt::format("{} from {} refused: {}", toString(prefix_), toString(from_), sentenceOf(verdict_));
}

void RefusalRemark::addTo(StableHash& hash) const {
    hash.add(from_.hash())
        .add(prefix_.hash())
        .add(static_cast<std::uint64_t>(*verdict_.refusal))
        .add(verdict_.by);
}

}  // namespace peerscape::bgp
