/// The codec against messages that other implementations sent (see captures/README.md): every one is read,
/// says what others read in it, and is written again as the same bytes.
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocols/bgp/layout.hpp"
#include "tests/protocols/bgp/helpers.hpp"

namespace peerscape::bgp {
namespace {

const std::filesystem::path kCaptures =
    std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "tests/protocols/bgp/captures";

/// A line of three words, and what stands below it behind "= ".
struct Recorded {
    std::string first;
    std::string second;
    Bytes bytes;
    std::vector<std::string> expected;
};

/// Communities are a set here, and stand as they came there; addresses are shortened in another way.
std::string inOurWords(const std::string& line) {
    std::vector<std::string> fields;
    std::istringstream in(line);
    for (std::string field; std::getline(in, field, '|');)
        fields.push_back(field);
    if (fields.size() < 8) return line;
    fields[4] = toString(test::ip(fields[4]));
    std::istringstream words(fields[7]);
    const std::set<std::string> communities{std::istream_iterator<std::string>(words), {}};
    fields[7] = fmt::format("{}", fmt::join(communities, " "));
    return fmt::format("{}", fmt::join(fields, "|"));
}

std::vector<Recorded> read(const char* name) {
    std::ifstream file(kCaptures / name);
    EXPECT_TRUE(file) << name;
    std::vector<Recorded> all;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("= ")) {
            all.back().expected.push_back(inOurWords(line.substr(2)));
        } else if (!line.empty() && line[0] != '#') {
            std::istringstream words(line);
            Recorded recorded;
            std::string digits;
            words >> recorded.first >> recorded.second >> digits;
            recorded.bytes = test::hex(digits);
            all.push_back(std::move(recorded));
        }
    }
    return all;
}

/// The same bytes again; says whether it took a layout to write them.
bool writesAgain(const Bytes& bytes, const BgpMessage& message, const WireOptions& options) {
    const WireOptions mirrored = options.mirrored();
    const auto layout = layoutOf(bytes, message, mirrored);
    const Bytes again = layout ? encode(message, mirrored, *layout) : encode(message, mirrored);
    EXPECT_EQ(toHex(again), toHex(bytes));
    return layout.has_value();
}

/// What bgpdump -m prints behind the peer.
std::string bgpdumpLine(const UpdateMessage::Reachable& reachable, const Nlri& nlri,
                        const PathAttributes& attributes) {
    constexpr std::array<std::string_view, 3> kOrigins{"IGP", "EGP", "INCOMPLETE"};
    std::vector<std::string> communities;
    for (const Community community : *attributes.communities) {
        communities.push_back(community::text(community));
    }
    std::string aggregator;
    if (attributes.rare->aggregator) {
        aggregator = fmt::format("{} {}", attributes.rare->aggregator->number.value(),
                                 toString(attributes.rare->aggregator->routerId.address()));
    }
    return inOurWords(fmt::format(
        "A|{}|{}|{}|{}|{}|{}|{}|{}|{}|", toString(nlri.prefix), attributes.asPath->text(),
        kOrigins[static_cast<std::size_t>(attributes.origin)], toString(reachable.nextHop.address),
        attributes.localPreference.value_or(0), attributes.med.value_or(0), fmt::join(communities, " "),
        attributes.hasAtomicAggregate ? "AG" : "NAG", aggregator));
}

std::vector<std::string> bgpdumpLines(const UpdateMessage& update) {
    std::vector<std::string> lines;
    for (const auto& unreachable : update.withdrawn) {
        for (const Nlri& nlri : unreachable.prefixes)
            lines.push_back("W|" + toString(nlri.prefix));
    }
    for (const auto& reachable : update.announced) {
        for (const Nlri& nlri : reachable.prefixes)
            lines.push_back(bgpdumpLine(reachable, nlri, *update.attributes));
    }
    return lines;
}

TEST(BgpCaptures, InternetsMessagesSayWhatBgpdumpReads) {
    const auto all = read("bgpdump.txt");
    EXPECT_GT(all.size(), 100U);
    for (const Recorded& recorded : all) {
        WireOptions options;
        options.peer = recorded.first == "ibgp" ? PeerKind::Internal : PeerKind::External;
        options.hasFourOctetAs = recorded.second == "four";
        SCOPED_TRACE(toHex(recorded.bytes));
        const auto result = decode(recorded.bytes, options);
        ASSERT_TRUE(result) << result.error().sentence;
        if (!result->message) continue;
        if (const auto* update = std::get_if<UpdateMessage>(&*result->message)) {
            EXPECT_THAT(bgpdumpLines(*update), testing::UnorderedElementsAreArray(recorded.expected));
        }
        if (result->problems.empty()) writesAgain(recorded.bytes, *result->message, options);
    }
}

TEST(BgpCaptures, FrrsMessagesAreWrittenAgain) {
    const auto all = read("frr.txt");
    EXPECT_EQ(all.size(), 27U);
    std::size_t withLayout = 0;
    for (const Recorded& recorded : all) {
        WireOptions options;
        options.receivesPathIds.ipv4 = recorded.second == "addpath";
        options.hasEnhancedRouteRefresh = true;
        SCOPED_TRACE(toHex(recorded.bytes));
        const auto result = decode(recorded.bytes, options);
        ASSERT_TRUE(result) << result.error().sentence;
        ASSERT_TRUE(result->message);
        EXPECT_TRUE(result->problems.empty());
        if (writesAgain(recorded.bytes, *result->message, options)) ++withLayout;
    }
    // FRR writes large communities in front of extended ones; all else stands where it does here.
    EXPECT_EQ(withLayout, 1U);
}

}  // namespace
}  // namespace peerscape::bgp
