#include "protocols/bgp/origin_validation.hpp"

#include "tests/protocols/bgp/speakers.hpp"

namespace peerscape::bgp::test {
namespace {

using policy::RpkiState;
const std::vector<RoaPayload> kPayloads{{net("192.0.2.0/23"), 24, 65002},
                                        {net("192.0.2.0/24"), 24, 65003},
                                        {net("198.51.100.0/24"), 24, 0},
                                        {net("2001:db8::/32"), 48, 65002}};
RpkiState state(std::string_view prefix, std::optional<std::uint32_t> origin) {
    return originState(kPayloads, net(prefix), origin ? std::optional(Asn::number(*origin)) : std::nullopt);
}

TEST(Rfc6811, JudgesByPrefixLengthAndOrigin) {
    EXPECT_EQ(state("192.0.2.0/23", 65002), RpkiState::Valid);
    EXPECT_EQ(state("192.0.2.0/24", 65002), RpkiState::Valid) << "the shorter payload allows it";
    EXPECT_EQ(state("192.0.2.0/24", 65003), RpkiState::Valid) << "one that fits is enough";
    EXPECT_EQ(state("192.0.2.0/23", 65003), RpkiState::Invalid);
    EXPECT_EQ(state("192.0.2.128/25", 65002), RpkiState::Invalid) << "longer than allowed";
    EXPECT_EQ(state("203.0.113.0/24", 65002), RpkiState::NotFound);
    EXPECT_EQ(state("192.0.0.0/16", 65002), RpkiState::NotFound)
        << "a payload does not cover what is shorter";
    EXPECT_EQ(state("2001:db8:1::/48", 65002), RpkiState::Valid);
    EXPECT_EQ(state("2001:db8:1::/49", 65002), RpkiState::Invalid);
}

TEST(Rfc6811, AsZeroAndPathsThatEndInASetMatchNothing) {
    EXPECT_EQ(state("198.51.100.0/24", 0), RpkiState::Invalid);
    EXPECT_EQ(state("192.0.2.0/24", std::nullopt), RpkiState::Invalid);
    EXPECT_EQ(state("203.0.113.0/24", std::nullopt), RpkiState::NotFound);
}

TEST(Rfc6811, OriginIsTheLastNumberOrTheOwnOne) {
    const Asn own = Asn::number(65001);
    const std::vector<std::uint32_t> numbers{65002, 65003};
    EXPECT_EQ(originOf(AsPath::sequence(numbers), own), Asn::number(65003));
    EXPECT_EQ(originOf(AsPath(), own), own);
    AsPath set = AsPath::sequence(numbers);
    set.append({SegmentType::Set, {65004, 65005}});
    EXPECT_EQ(originOf(set, own), std::nullopt);
    AsPath confederation;
    confederation.append({SegmentType::ConfedSequence, {65010}});
    EXPECT_EQ(originOf(confederation, own), own);
}

TEST(OriginValidation, RouteMapsAskForTheState) {
    const std::string judging =
        " neighbor 10.0.0.2 route-map JUDGE in\n"
        "route-map JUDGE deny 10\n match rpki invalid\n"
        "route-map JUDGE permit 20\n match rpki valid\n set local-preference 200\n"
        "route-map JUDGE permit 30\n match rpki notfound\n set local-preference 50\n";
    const std::string teller = router(
        65002, {{1, 65001}}, " network 192.0.2.0/24\n network 198.51.100.0/24\n network 203.0.113.0/24\n");
    Speakers speakers({router(65001, {{2, 65002}}, judging), teller}, kPayloads);
    speakers.start();
    speakers.run(Duration::seconds(10));
    const Path* valid = speakers.path(1, "192.0.2.0/24", 2);
    ASSERT_NE(valid, nullptr);
    EXPECT_EQ(valid->attributes->localPreference, 200U);
    EXPECT_EQ(speakers.process(1).validate(net("192.0.2.0/24"), *valid), RpkiState::Valid);
    EXPECT_EQ(speakers.path(1, "198.51.100.0/24", 2), nullptr);
    const Path* unknown = speakers.path(1, "203.0.113.0/24", 2);
    ASSERT_NE(unknown, nullptr);
    EXPECT_EQ(unknown->attributes->localPreference, 50U);

    Speakers without({router(65001, {{2, 65002}}, judging), teller});
    without.start();
    without.run(Duration::seconds(10));
    EXPECT_EQ(without.path(1, "192.0.2.0/24", 2), nullptr) << "without payloads no state matches";
}

}  // namespace
}  // namespace peerscape::bgp::test
