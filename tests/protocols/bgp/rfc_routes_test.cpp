// What RFCs say of routes on their way from speaker to speaker, section by section.
#include <set>

#include "tests/protocols/bgp/speakers.hpp"

namespace peerscape::bgp::test {
namespace {

constexpr const char* kPrefix = "192.0.2.0/24";
const std::string kNetwork = " network 192.0.2.0/24\n";

std::string setting(int neighbor, const std::string& set) {
    return " neighbor 10.0.0." + std::to_string(neighbor) +
           " route-map SET out\nroute-map SET permit 10\n set " + set + "\n";
}
std::string client(int neighbor, const std::string& what) {
    return " neighbor 10.0.0." + std::to_string(neighbor) + " " + what + "\n";
}
void run(Speakers& speakers) {
    speakers.start();
    speakers.run(Duration::seconds(15));
}
std::string pathText(Speakers& speakers, std::size_t number, std::size_t from) {
    const Path* path = speakers.path(number, kPrefix, from);
    return path == nullptr ? "none" : path->attributes->asPath->text();
}
std::string nextHopText(Speakers& speakers, std::size_t number, std::size_t from) {
    const Path* path = speakers.path(number, kPrefix, from);
    if (path == nullptr) return "none";
    return toString(speakers.process(number).nextHops()[path->nextHop].value.address);
}
/// R1 tells R2, which tells R3: three ASes.
Speakers chain(const std::string& first, const std::string& second = "") {
    return Speakers({router(65001, {{2, 65002}}, kNetwork + first),
                     router(65002, {{1, 65001}, {3, 65003}}, second), router(65003, {{2, 65002}})});
}
/// R2 and R3 are neighbours of R1 in one AS; R2 has the network.
Speakers star(const std::string& centre) {
    return Speakers({router(65001, {{2, 65001}, {3, 65001}}, centre), router(65001, {{1, 65001}}, kNetwork),
                     router(65001, {{1, 65001}})});
}

TEST(Rfc4271, Sec5_1_2_TheOwnNumberStandsInFrontOfThePath) {
    Speakers speakers = chain("");
    run(speakers);
    EXPECT_EQ(pathText(speakers, 2, 1), "65001");
    EXPECT_EQ(pathText(speakers, 3, 2), "65002 65001");
}

TEST(Rfc4271, Sec5_1_2_InsideTheAsThePathStaysAsItIs) {
    Speakers speakers({router(65001, {{2, 65001}}, kNetwork), router(65001, {{1, 65001}})});
    run(speakers);
    EXPECT_EQ(pathText(speakers, 2, 1), "");
}

TEST(Rfc4271, Sec5_1_3_ANextHopOnTheCommonNetworkIsPassedOn) {
    Speakers speakers = chain("");
    run(speakers);
    EXPECT_EQ(nextHopText(speakers, 3, 2), "10.0.0.1") << "packets need no detour";
    Speakers own = chain("", client(3, "next-hop-self"));
    run(own);
    EXPECT_EQ(nextHopText(own, 3, 2), "10.0.0.2");
}

TEST(Rfc4271, Sec5_1_4_TheMedOfAnotherAsIsNotPassedOn) {
    Speakers speakers = chain(setting(2, "metric 77"));
    run(speakers);
    EXPECT_EQ(speakers.path(2, kPrefix, 1)->attributes->med, 77U);
    EXPECT_EQ(speakers.path(3, kPrefix, 2)->attributes->med, std::nullopt);
}

TEST(Rfc4271, Sec5_1_5_LocalPreferenceStaysInsideTheAs) {
    Speakers outside = chain(setting(2, "local-preference 300"));
    run(outside);
    EXPECT_EQ(outside.path(2, kPrefix, 1)->attributes->localPreference, std::nullopt);
    Speakers inside({router(65001, {{2, 65001}}, kNetwork + setting(2, "local-preference 300")),
                     router(65001, {{1, 65001}})});
    run(inside);
    EXPECT_EQ(inside.path(2, kPrefix, 1)->attributes->localPreference, 300U);
}

TEST(Rfc4271, Sec9_1_2_APathWithTheOwnNumberIsALoop) {
    const std::string more = setting(2, "as-path prepend 65002");
    Speakers speakers = chain(more);
    run(speakers);
    EXPECT_EQ(pathText(speakers, 2, 1), "none");
    Speakers allowed = chain(more, client(1, "allowas-in"));
    run(allowed);
    EXPECT_EQ(pathText(allowed, 2, 1), "65001 65002");
}

TEST(Rfc4271, Sec9_1_2_1_ARouteWithAnUnreachableNextHopIsNotUsed) {
    Speakers speakers({router(65001, {{2, 65001}}, kNetwork + setting(2, "ip next-hop 172.16.0.1")),
                       router(65001, {{1, 65001}})});
    run(speakers);
    ASSERT_NE(speakers.path(2, kPrefix, 1), nullptr);
    EXPECT_EQ(nextHopText(speakers, 2, 1), "172.16.0.1");
    EXPECT_EQ(speakers.best(2, kPrefix), nullptr);
    EXPECT_FALSE(speakers.hasRoute(2, kPrefix));
}

TEST(Rfc4271, Sec9_2_InternalRoutesGoToNoOtherInternalNeighbour) {
    Speakers speakers = star("");
    run(speakers);
    EXPECT_EQ(pathText(speakers, 1, 2), "");
    EXPECT_EQ(pathText(speakers, 3, 1), "none");
    EXPECT_EQ(speakers.exportTo(1, 3, kPrefix).withheld, Withheld::Internal);
}

TEST(Rfc4271, Sec9_1_4_BothOfTwoOverlappingRoutesAreUsed) {
    Speakers speakers = chain(" network 192.0.2.0/25\n");
    run(speakers);
    EXPECT_TRUE(speakers.hasRoute(3, kPrefix));
    EXPECT_TRUE(speakers.hasRoute(3, "192.0.2.0/25"));
}

TEST(Rfc4271, Sec9_2_2_2_AnAggregateStandsForItsParts) {
    Speakers speakers = chain(" network 192.0.3.0/24\n", " aggregate-address 192.0.2.0/23 summary-only\n");
    run(speakers);
    EXPECT_TRUE(speakers.hasRoute(3, "192.0.2.0/23"));
    EXPECT_FALSE(speakers.hasRoute(3, kPrefix));
    const Path* aggregate = speakers.best(3, "192.0.2.0/23");
    ASSERT_NE(aggregate, nullptr);
    EXPECT_EQ(aggregate->attributes->asPath->text(), "65002");
    EXPECT_TRUE(aggregate->attributes->hasAtomicAggregate);
    ASSERT_TRUE(aggregate->attributes->rare->aggregator);
    EXPECT_EQ(aggregate->attributes->rare->aggregator->number, Asn::number(65002));
}

TEST(Rfc4456, Sec6_AReflectorPassesRoutesOfItsClientsOn) {
    for (const int who : {2, 3}) {
        Speakers speakers = star(client(who, "route-reflector-client"));
        run(speakers);
        ASSERT_NE(speakers.path(3, kPrefix, 1), nullptr) << who;
        EXPECT_EQ(nextHopText(speakers, 3, 1), "10.0.0.2") << "a reflector changes nothing";
    }
}

TEST(Rfc4456, Sec8_OriginatorAndClustersAreSaid) {
    Speakers speakers = star(client(2, "route-reflector-client") + " bgp cluster-id 7.7.7.7\n");
    run(speakers);
    ASSERT_NE(speakers.path(3, kPrefix, 1), nullptr);
    const RareAttributes& rare = *speakers.path(3, kPrefix, 1)->attributes->rare;
    EXPECT_EQ(rare.originatorId, speakers.process(2).routerId());
    EXPECT_EQ(rare.clusterList, std::vector{RouterId(0x07070707)});
}

TEST(Rfc4456, Sec8_ARouteOfTheOwnClusterIsALoop) {
    // R1 and R3 reflect for R2 in one cluster: neither believes what the other one has reflected.
    Speakers speakers({router(65001, {{2, 65001}, {3, 65001}},
                              client(2, "route-reflector-client") + " bgp cluster-id 7.7.7.7\n"),
                       router(65001, {{1, 65001}}, kNetwork),
                       router(65001, {{1, 65001}}, " bgp cluster-id 7.7.7.7\n")});
    run(speakers);
    EXPECT_EQ(pathText(speakers, 1, 2), "");
    EXPECT_EQ(pathText(speakers, 3, 1), "none");
}

std::string member(int number, int peers, const std::string& more) {
    return "router bgp " + std::to_string(number) +
           "\n no bgp ebgp-requires-policy\n no bgp network import-check\n"
           " bgp confederation identifier 65000\n bgp confederation peers " +
           std::to_string(peers) + "\n" + more;
}
/// R1 (65101) and R2 (65102) are the confederation 65000; R3 is outside.
Speakers confederation(const std::string& first = "") {
    return Speakers(
        {member(65101, 65102, " neighbor 10.0.0.2 remote-as 65102\n" + kNetwork + first),
         member(65102, 65101, " neighbor 10.0.0.1 remote-as 65101\n neighbor 10.0.0.3 remote-as 65003\n"),
         router(65003, {{2, 65000}})});
}

TEST(Rfc5065, Sec4_1_MembersAreSeenInsideAndNotOutside) {
    Speakers speakers = confederation();
    run(speakers);
    EXPECT_EQ(pathText(speakers, 2, 1), "(65101)");
    EXPECT_EQ(pathText(speakers, 3, 2), "65000");
}

TEST(Rfc5065, Sec5_2_LocalPreferenceAndMedGoFromMemberToMember) {
    Speakers speakers = confederation(
        " neighbor 10.0.0.2 route-map SET out\nroute-map SET permit 10\n set "
        "local-preference 300\n set metric 77\n");
    run(speakers);
    ASSERT_NE(speakers.path(2, kPrefix, 1), nullptr);
    EXPECT_EQ(speakers.path(2, kPrefix, 1)->attributes->localPreference, 300U);
    EXPECT_EQ(speakers.path(2, kPrefix, 1)->attributes->med, 77U);
    EXPECT_EQ(speakers.path(3, kPrefix, 2)->attributes->localPreference, std::nullopt);
}

TEST(Rfc1997, CommunitiesArePassedOnButNoAdvertiseGoesNoFurther) {
    Speakers plain = chain(setting(2, "community 65001:7"));
    run(plain);
    ASSERT_NE(plain.path(3, kPrefix, 2), nullptr);
    EXPECT_TRUE(plain.path(3, kPrefix, 2)->attributes->hasCommunity(0xfde90007));
    Speakers marked = chain(setting(2, "community no-advertise"));
    run(marked);
    EXPECT_EQ(pathText(marked, 2, 1), "65001");
    EXPECT_EQ(marked.exportTo(2, 3, kPrefix).withheld, Withheld::NoAdvertise);
}

TEST(Rfc1997, LocalAsLeavesNoMemberAs) {
    Speakers speakers = confederation(setting(2, "community local-AS"));
    run(speakers);
    ASSERT_EQ(pathText(speakers, 2, 1), "(65101)");
    EXPECT_EQ(speakers.exportTo(2, 1, kPrefix).withheld, Withheld::LocalAs) << "another member";
    EXPECT_EQ(speakers.exportTo(2, 3, kPrefix).withheld, Withheld::LocalAs);
}

TEST(Rfc7999, BlackholeIsPassedOnLikeAnyOther) {
    Speakers speakers = chain(setting(2, "community blackhole"));
    run(speakers);
    ASSERT_NE(speakers.path(3, kPrefix, 2), nullptr);
    EXPECT_TRUE(speakers.path(3, kPrefix, 2)->attributes->hasCommunity(community::kBlackhole));
}

TEST(Rfc7911, Sec5_AllPathsAreToldWithIdentifiers) {
    Speakers speakers({router(65001, {{3, 65003}}, kNetwork), router(65002, {{3, 65003}}, kNetwork),
                       router(65003, {{1, 65001}, {2, 65002}, {4, 65004}}, client(4, "addpath-tx-all-paths")),
                       router(65004, {{3, 65003}})});
    run(speakers);
    const Destination* destination = speakers.process(4).table(Family::IPv4).find(net(kPrefix));
    ASSERT_NE(destination, nullptr);
    std::set<std::string> paths;
    std::set<std::uint32_t> identifiers;
    for (const Path& path : destination->paths) {
        paths.insert(path.attributes->asPath->text());
        identifiers.insert(path.pathId);
    }
    EXPECT_EQ(paths, (std::set<std::string>{"65003 65001", "65003 65002"}));
    EXPECT_EQ(identifiers.size(), 2U);
}

TEST(Rfc7947, Sec2_ARouteServerStaysOutOfThePath) {
    Speakers speakers({router(65001, {{2, 65002}, {3, 65003}},
                              client(2, "route-server-client") + client(3, "route-server-client")),
                       router(65002, {{1, 65001}}, kNetwork + setting(1, "metric 77")),
                       router(65003, {{1, 65001}})});
    run(speakers);
    EXPECT_EQ(pathText(speakers, 3, 1), "65002");
    EXPECT_EQ(nextHopText(speakers, 3, 1), "10.0.0.2");
    EXPECT_EQ(speakers.path(3, kPrefix, 1)->attributes->med, 77U);
}

TEST(Rfc8212, Sec2_WithoutPolicyNothingPassesInEitherDirection) {
    const auto strict = [](int number, int neighbor, int as, const std::string& more) {
        return "router bgp " + std::to_string(number) + "\n no bgp network import-check\n neighbor 10.0.0." +
               std::to_string(neighbor) + " remote-as " + std::to_string(as) + "\n" + more;
    };
    Speakers out({strict(65001, 2, 65002, kNetwork), router(65002, {{1, 65001}})});
    run(out);
    ASSERT_TRUE(out.isEstablished(1, 2));
    EXPECT_EQ(pathText(out, 2, 1), "none");
    EXPECT_EQ(out.exportTo(1, 2, kPrefix).withheld, Withheld::NoPolicy);
    Speakers in({router(65001, {{2, 65002}}, kNetwork), strict(65002, 1, 65001, "")});
    run(in);
    EXPECT_EQ(in.exportTo(1, 2, kPrefix).withheld, std::nullopt);
    EXPECT_EQ(pathText(in, 2, 1), "none");
    // Inside an AS the rule does not hold.
    Speakers inside({strict(65001, 2, 65001, kNetwork), strict(65001, 1, 65001, "")});
    run(inside);
    EXPECT_EQ(pathText(inside, 2, 1), "");
}

}  // namespace
}  // namespace peerscape::bgp::test
