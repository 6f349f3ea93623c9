// What import policy says is worked out once for all who ask the same, and never for those who do not.
#include "protocols/bgp/import_memo.hpp"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/protocols/bgp/process_bench.hpp"
#include "tests/protocols/policy/reader.hpp"

namespace peerscape::bgp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::shared_ptr<const policy::PolicySet> policyOf(std::string_view lines) {
    policy::test::Reader reader;
    EXPECT_EQ(reader.read(lines), "");
    return std::make_shared<const policy::PolicySet>(reader.policy());
}

SharedAttributes attributesOf(std::uint32_t number) {
    SharedAttributes attributes;
    attributes.edit().asPath = AsPath::sequence(std::vector{number});
    return attributes;
}

TEST(ImportMemo, KnowsTheSameQuestionAgain) {
    ImportMemo memo;
    const auto policy = policyOf("");
    const auto alike = policyOf("");
    const SharedAttributes received = attributesOf(65001);
    PolicyAnswer yes;
    yes.isPermitted = true;
    memo.keep(policy, "RM", received, {yes, attributesOf(65009)});
    const ImportMemo::Answer* known = memo.find(policy.get(), "RM", received);
    ASSERT_NE(known, nullptr);
    EXPECT_TRUE(known->said.isPermitted);
    EXPECT_EQ(known->attributes, attributesOf(65009));
    EXPECT_EQ(memo.find(policy.get(), "OTHER", received), nullptr);
    EXPECT_EQ(memo.find(alike.get(), "RM", received), nullptr) << "its lists may be others";
    EXPECT_EQ(memo.find(policy.get(), "RM", attributesOf(65001)), nullptr) << "only one in the same place";
}

TEST(ImportMemo, ForgetsTheOldestAndKeepsWhatItsAnswersHangOn) {
    ImportMemo memo;
    std::weak_ptr<const policy::PolicySet> watched;
    SharedAttributes first = attributesOf(65001);
    {
        const auto policy = policyOf("");
        watched = policy;
        memo.keep(policy, "RM", first, {});
    }
    EXPECT_FALSE(watched.expired()) << "another policy in its place would get its answers";
    const auto policy = policyOf("");
    for (std::uint32_t i = 0; i < 8; ++i)
        memo.keep(policy, "RM", attributesOf(65100 + i), {});
    EXPECT_TRUE(watched.expired());
}

class ImportOfMany : public ::testing::Test, public ProcessBench {
  protected:
    void startWith(std::string_view lines) {
        policy = policyOf(lines);
        neighbor("10.0.12.2").families.ipv4.edit().routeMap.in = "RM";
        start();
        establish(r2);
    }
    SoleSpeaker r2 = speaker("10.0.12.2", 65002);
};

TEST_F(ImportOfMany, WhatIsSaidOfAttributesIsKeptOnceForAllPrefixes) {
    startWith("route-map RM permit 10\n set local-preference 200\n set community 65001:7\n");
    announce(r2, {"10.1.0.0/16", "10.2.0.0/16"});
    const Path& one = destination("10.1.0.0/16")->paths.front();
    const Path& other = destination("10.2.0.0/16")->paths.front();
    EXPECT_EQ(one.attributes->localPreference, 200U);
    EXPECT_EQ(&*one.attributes, &*other.attributes);
}

TEST_F(ImportOfMany, WhatIsSaidOfPrefixesIsAskedForEach) {
    startWith(
        "ip prefix-list P permit 10.1.0.0/16\nroute-map RM permit 10\n match ip address prefix-list P\n"
        " set local-preference 200\n");
    announce(r2, {"10.1.0.0/16", "10.2.0.0/16"});
    EXPECT_THAT(paths("10.1.0.0/16"), ElementsAre("65002"));
    EXPECT_THAT(paths("10.2.0.0/16"), IsEmpty());
}

TEST_F(ImportOfMany, ARefusalIsRememberedWithItsReason) {
    startWith("route-map RM deny 10\n match origin igp\n");
    announce(r2, {"10.1.0.0/16", "10.2.0.0/16"});
    EXPECT_THAT(paths("10.1.0.0/16"), IsEmpty());
    EXPECT_THAT(paths("10.2.0.0/16"), IsEmpty());
    EXPECT_TRUE(wasNoted("10.1.0.0/16") && wasNoted("10.2.0.0/16"));
    EXPECT_TRUE(wasNoted("route-map RM deny 10"));
}

TEST_F(ImportOfMany, AnotherPolicyIsAskedAnew) {
    startWith("route-map RM permit 10\n set local-preference 200\n");
    announce(r2, {"10.1.0.0/16"});
    policy = policyOf("route-map RM permit 10\n set local-preference 300\n");
    reconfigure();
    announce(r2, {"10.1.0.0/16"});
    EXPECT_EQ(destination("10.1.0.0/16")->paths.front().attributes->localPreference, 300U);
}

}  // namespace
}  // namespace peerscape::bgp::test
