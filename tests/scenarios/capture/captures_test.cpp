/// What stands in the files of a run: which frames, in which order, to whom, and what became of them.
#include "scenarios/capture/captures.hpp"

#include <algorithm>
#include <bit>
#include <sys/resource.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/capture/capture_fixture.hpp"

namespace peerscape::capture {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

std::vector<std::string> commentsOf(const ReadCapture& capture) {
    std::vector<std::string> comments;
    for (const ReadFrame& frame : capture.frames)
        comments.push_back(frame.comment);
    return comments;
}

std::string destinationMac(const ReadFrame& frame) { return toHex(ByteView(frame.bytes).first(6)); }
std::string sourceMac(const ReadFrame& frame) { return toHex(ByteView(frame.bytes).subspan(6, 6)); }

/// A - B - C with static routes.
class CapturedLine : public testing::Test, public CaptureBench {
  protected:
    void lay(const LinkProperties& left = cableOf(ms(2))) {
        a = router("A");
        b = router("B");
        c = router("C");
        ab = link("ab", {"A:eth0 10.0.1.1/24", "B:eth0 10.0.1.2/24"}, left);
        bc = link("bc", {"B:eth1 10.0.2.2/24", "C:eth0 10.0.2.3/24"}, cableOf(ms(2)));
        route(a, "10.0.2.0/24", {"10.0.1.2"});
        route(c, "10.0.1.0/24", {"10.0.2.2"});
        begin();
    }
    void sendToC() { send(a, udp("", "10.0.2.3", kFlowPort)); }
    NodeId a, b, c;
    SegmentId ab, bc;
};

TEST_F(CapturedLine, ADamagedFrameStandsThereAsSentAndAsItCame) {
    LinkProperties bad = cableOf(ms(2));
    bad.corrupt = Probability::partsPerMillion(1'000'000);
    lay(bad);
    for (int i = 0; i < 40; ++i)
        sendToC();
    runTo(atMs(100));
    finish();
    const ReadCapture left = read("ab.pcapng");
    ASSERT_EQ(left.frames.size(), 80U);
    for (std::size_t i = 0; i < 80; i += 2) {
        const ReadFrame& sent = left.frames[i];
        const ReadFrame& came = left.frames[i + 1];
        EXPECT_THAT(sent.comment, MatchesRegex("record [0-9]+"));
        EXPECT_THAT(came.comment,
                    MatchesRegex("record [0-9]+: damaged, as " + sent.comment + " came to B:eth0"));
        EXPECT_EQ(came.nanoseconds, sent.nanoseconds);
        ASSERT_EQ(came.bytes.size(), sent.bytes.size());
        int flipped = 0;
        for (std::size_t byte = 0; byte < sent.bytes.size(); ++byte)
            flipped += std::popcount(static_cast<unsigned>(sent.bytes[byte] ^ came.bytes[byte]));
        EXPECT_EQ(flipped, 1);
    }
}

TEST_F(CapturedLine, ADuplicatedFrameStandsThereOnce) {
    LinkProperties twice = cableOf(ms(2));
    twice.duplicate = Probability::partsPerMillion(1'000'000);
    lay(twice);
    sendToC();
    runTo(atMs(100));
    finish();
    const auto toC = [](const ReadFrame& frame) { return frame.interface == 0; };
    EXPECT_EQ(std::ranges::count_if(read("ab.pcapng").frames, toC), 1);
    EXPECT_EQ(std::ranges::count_if(read("bc.pcapng").frames, toC), 2) << "B forwards both";
}

TEST_F(CapturedLine, EveryFrameStandsOnceOnItsLinkAsItsSenderPutItThere) {
    lay();
    runTo(atMs(10));
    sendToC();
    runTo(atMs(100));
    finish();
    const ReadCapture left = read("ab.pcapng");
    const ReadCapture right = read("bc.pcapng");
    EXPECT_THAT(left.interfaces, ElementsAre("A:eth0", "B:eth0"));
    EXPECT_THAT(right.interfaces, ElementsAre("B:eth1", "C:eth0"));
    ASSERT_FALSE(left.frames.empty());
    EXPECT_EQ(left.frames[0].interface, 0U);
    EXPECT_EQ(left.frames[0].nanoseconds, 10'000'000U);
    EXPECT_EQ(sourceMac(left.frames[0]), "02 00 00 01 00 01");
    EXPECT_EQ(destinationMac(left.frames[0]), "02 00 00 02 00 01") << "B's, although the packet is for C";
    EXPECT_EQ(right.frames[0].nanoseconds, 12'000'000U);
    EXPECT_EQ(destinationMac(right.frames[0]), "02 00 00 03 00 01");
    const auto sent = records<record::PacketSent>();
    EXPECT_EQ(left.frames.size() + right.frames.size(), sent.size());
    const Bytes packet = sent.front().second.packet->encode();
    EXPECT_EQ(Bytes(left.frames[0].bytes.begin() + 14, left.frames[0].bytes.end()), packet);
    EXPECT_EQ(left.frames[0].comment, fmt::format("record {}", sent.front().first.id.value()));
}

TEST_F(CapturedLine, ALostFrameSaysWhereAndWhy) {
    lay(cableOf(ms(2), {}, Probability::partsPerMillion(1'000'000)));
    sendToC();
    act(changeLoss(ab, {}));
    act(silence(ab));
    sendToC();
    act(silence(ab, false));
    sendToC();
    runTo(atMs(1));
    act(action::SetSegment{ab, false});
    runTo(atMs(100));
    finish();
    EXPECT_THAT(
        commentsOf(read("ab.pcapng")),
        ElementsAre(MatchesRegex("record [0-9]+; never reached B:eth0: lost on the link \\(record [0-9]+\\)"),
                    MatchesRegex("record [0-9]+; never arrived: swallowed by a silently failed link "
                                 "\\(record [0-9]+\\)"),
                    MatchesRegex("record [0-9]+; never reached B:eth0: link failed under way "
                                 "\\(record [0-9]+\\)")));
    EXPECT_THAT(read("bc.pcapng").frames, IsEmpty());
}

TEST_F(CapturedLine, ALossIsToldByTheNumberOfItsRecord) {
    lay(cableOf(ms(2), {}, Probability::partsPerMillion(1'000'000)));
    sendToC();
    finish();
    const auto lost = records<record::PacketDropped>();
    ASSERT_EQ(lost.size(), 1U);
    EXPECT_THAT(commentsOf(read("ab.pcapng")),
                ElementsAre(EndsWith(fmt::format("(record {})", lost.front().first.id.value()))));
}

TEST_F(CapturedLine, WhatIsDroppedElsewhereWasNotLostOnTheWay) {
    lay();
    send(a, udp("", "10.0.9.9", kFlowPort));
    Packet lastHop = udp("", "10.0.2.3", kFlowPort);
    lastHop.ttl = 1;
    send(a, lastHop);
    runTo(atMs(1));
    hand();
    runTo(atMs(100));
    finish();
    const auto comments = commentsOf(read("ab.pcapng"));
    ASSERT_EQ(comments.size(), 2U) << "the packet whose TTL ran out at B, and what B says to that";
    EXPECT_THAT(comments[0], MatchesRegex("record [0-9]+"));
}

TEST_F(CapturedLine, TheEndOfTheRunLeavesFramesOnTheWire) {
    lay();
    sendToC();
    runTo(atMs(1));
    finish();
    EXPECT_THAT(commentsOf(read("ab.pcapng")),
                ElementsAre(EndsWith("; still on the wire when the run ended")));
}

TEST_F(CapturedLine, FramesStandInTheOrderTheyWereSent) {
    lay(cableOf(ms(20), Bandwidth::bitsPerSecond(8'000)));
    // A's second frame waits for the first; B's comes long before it.
    send(a, udp("", "10.0.1.2", kFlowPort, 500));
    send(a, udp("", "10.0.1.2", kFlowPort, 500));
    runTo(atMs(1));
    send(b, udp("", "10.0.1.1", kFlowPort, 1));
    runTo(atMs(100));
    hand();
    EXPECT_THAT(read("ab.pcapng").frames, IsEmpty()) << "nothing is known of A's first frame";
    runTo(atMs(5'000));
    finish();
    const ReadCapture capture = read("ab.pcapng");
    ASSERT_GE(capture.frames.size(), 3U);
    EXPECT_EQ(capture.frames[0].interface, 0U);
    EXPECT_EQ(capture.frames[1].interface, 0U);
    EXPECT_EQ(capture.frames[2].interface, 1U);
    EXPECT_TRUE(std::is_sorted(
        capture.frames.begin(), capture.frames.end(),
        [](const ReadFrame& one, const ReadFrame& other) { return one.nanoseconds < other.nanoseconds; }));
}

TEST_F(CapturedLine, ALinkThatIsAddedGetsItsFileWhenItAppears) {
    lay();
    runTo(atMs(10));
    hand();
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "new_link.pcapng"));
    action::AddSegment add;
    add.name = "new link";
    add.ends = {{a, "eth1", {InterfaceAddress::parse("10.0.3.1/24").value()}},
                {c, "eth1", {InterfaceAddress::parse("10.0.3.3/24").value()}}};
    act(add);
    hand();
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "new_link.pcapng"));
    send(a, udp("", "10.0.3.3", kFlowPort));
    runTo(atMs(100));
    finish();
    const ReadCapture capture = read("new_link.pcapng");
    EXPECT_THAT(capture.interfaces, ElementsAre("A:eth1", "C:eth1"));
    ASSERT_FALSE(capture.frames.empty());
    EXPECT_EQ(destinationMac(capture.frames[0]), "02 00 00 03 00 02");
}

TEST(Captures, AFrameToAllOfALanStandsOnceAndNamesThoseWhoDidNotGetIt) {
    CaptureBench bench;
    const NodeId a = bench.router("A");
    const NodeId b = bench.router("B");
    (void)bench.router("C");
    const SegmentId lan = bench.lan(
        "lan",
        {"A:eth0 10.0.0.1/24 2001:db8::1/64", "B:eth0 10.0.0.2/24 2001:db8::2/64", "C:eth0 10.0.0.3/24"},
        cableOf(ms(1)));
    bench.begin();
    action::SetSilence deaf;
    deaf.segment = lan;
    deaf.end = bench.end("C:eth0");
    deaf.sending = false;
    deaf.hearing = true;
    bench.act(deaf);
    const InterfaceId eth0 = bench.end("A:eth0").interface;
    bench.send(a, SimBench::udp("", "224.0.0.9", 520), eth0);
    bench.send(a, SimBench::udp("", "ff02::9", 521), eth0);
    bench.send(a, SimBench::udp("10.0.0.1", "10.0.0.255", 9), eth0);
    bench.send(b, SimBench::udp("", "10.0.0.1", kFlowPort));
    bench.runTo(atMs(10));
    bench.finish();
    const ReadCapture capture = bench.read("lan.pcapng");
    ASSERT_GE(capture.frames.size(), 4U);
    EXPECT_EQ(destinationMac(capture.frames[0]), "01 00 5e 00 00 09");
    EXPECT_EQ(destinationMac(capture.frames[1]), "33 33 00 00 00 09");
    EXPECT_EQ(destinationMac(capture.frames[2]), "ff ff ff ff ff ff");
    EXPECT_EQ(destinationMac(capture.frames[3]), "02 00 00 01 00 01");
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_THAT(capture.frames[i].comment, HasSubstr("; never reached C:eth0: swallowed")) << i;
    EXPECT_THAT(capture.frames[3].comment, testing::Not(HasSubstr(";")));
}

TEST(Captures, OnAStubNetworkAFrameHasNobodyToReach) {
    CaptureBench bench;
    const NodeId a = bench.router("A");
    (void)bench.lan("stub", {"A:eth0 10.0.0.1/24"});
    bench.begin();
    bench.send(a, SimBench::udp("", "224.0.0.9", 520), bench.end("A:eth0").interface);
    bench.finish();
    EXPECT_THAT(commentsOf(bench.read("stub.pcapng")), ElementsAre(MatchesRegex("record [0-9]+")));
}

TEST(Captures, OfManyWhoDidNotGetAFrameSomeAreNamed) {
    CaptureBench bench;
    std::vector<std::string> ends;
    for (int n = 1; n <= 20; ++n) {
        (void)bench.router(fmt::format("R{}", n));
        ends.push_back(fmt::format("R{}:eth0 10.0.0.{}/24", n, n));
    }
    (void)bench.lan("lan", ends, cableOf(ms(1), {}, Probability::partsPerMillion(1'000'000)));
    bench.begin();
    bench.send(NodeId(0), SimBench::udp("", "224.0.0.9", 520), bench.end("R1:eth0").interface);
    bench.finish();
    EXPECT_THAT(commentsOf(bench.read("lan.pcapng")),
                ElementsAre(testing::AllOf(HasSubstr("R9:eth0"), EndsWith("; nor 11 others"))));
}

/// Lowers how many files this process may have open, for a while.
class FewOpenFiles {
  public:
    FewOpenFiles() {
        getrlimit(RLIMIT_NOFILE, &before_);
        rlimit few = before_;
        few.rlim_cur = 32;
        setrlimit(RLIMIT_NOFILE, &few);
    }
    ~FewOpenFiles() { setrlimit(RLIMIT_NOFILE, &before_); }
    FewOpenFiles(const FewOpenFiles&) = delete;
    FewOpenFiles& operator=(const FewOpenFiles&) = delete;

  private:
    rlimit before_{};
};

TEST(Captures, ALabMayHaveMoreLinksThanAProcessMayHaveFilesOpen) {
    constexpr int kLinks = 100;
    CaptureBench bench;
    const NodeId a = bench.router("A");
    (void)bench.router("B");
    for (int n = 0; n < kLinks; ++n)
        (void)bench.link(fmt::format("l{}", n),
                         {fmt::format("A:e{} 10.0.{}.1/24", n, n), fmt::format("B:e{} 10.0.{}.2/24", n, n)});
    {
        const FewOpenFiles limit;
        bench.begin();
        for (int n = 0; n < kLinks; ++n)
            bench.send(a, SimBench::udp("", fmt::format("10.0.{}.2", n), 9));
        bench.finish();
    }
    for (int n = 0; n < kLinks; ++n)
        EXPECT_THAT(commentsOf(bench.read(fmt::format("l{}.pcapng", n))),
                    ElementsAre(EndsWith("; still on the wire when the run ended")))
            << n;
}

TEST(Captures, MoreThanABufferIsWrittenWhole) {
    CaptureBench bench;
    const NodeId a = bench.router("A");
    (void)bench.router("B");
    (void)bench.link("ab", {"A:eth0 10.0.0.1/24", "B:eth0 10.0.0.2/24"});
    bench.begin();
    for (int n = 0; n < 100; ++n)
        bench.send(a, SimBench::udp("", "10.0.0.2", kFlowPort, 1400));
    bench.runTo(atMs(1));
    bench.hand();
    EXPECT_GT(std::filesystem::file_size(bench.folder.path() / "ab.pcapng"), 70'000U) << "written on the way";
    bench.finish();
    EXPECT_GE(bench.read("ab.pcapng").frames.size(), 100U);
}

TEST(Captures, AnOldFileIsBegunAnew) {
    CaptureBench bench;
    (void)bench.router("A");
    (void)bench.lan("lan", {"A:eth0 10.0.0.1/24"});
    bench.folder.write("lan.pcapng", std::string(5000, 'x'));
    bench.begin();
    bench.finish();
    EXPECT_THAT(bench.read("lan.pcapng").frames, IsEmpty());
}

TEST(Captures, AFileThatCannotBeWrittenIsNamed) {
    SimBench bench;
    (void)bench.router("A");
    (void)bench.lan("lan", {"A:eth0 10.0.0.1/24"});
    bench.start();
    Captures captures("/nowhere/at/all", *bench.sim, {});
    const auto begun = captures.begin();
    ASSERT_FALSE(begun.has_value());
    EXPECT_EQ(begun.error().message, "cannot write /nowhere/at/all/lan.pcapng");
}

}  // namespace
}  // namespace peerscape::capture
