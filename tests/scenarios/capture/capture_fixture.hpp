#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/base/bytes.hpp"
#include "scenarios/capture/captures.hpp"
#include "tests/engine/sim/sim_bench.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape::capture {

inline std::uint32_t u32At(ByteView bytes, std::size_t at) {
    return bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16 |
           static_cast<std::uint32_t>(bytes[at + 3]) << 24;
}

inline Bytes bytesOf(const std::string& text) { return {text.begin(), text.end()}; }

/// A frame of a capture that a reader of blocks has found, written by the draft and not from our writer.
struct ReadFrame {
    std::uint32_t interface = 0;
    std::uint64_t nanoseconds = 0;
    Bytes bytes;
    std::string comment;
};

/// The blocks of a file; anything that is not as the draft wants it is a failure of the test.
struct ReadCapture {
    std::vector<std::string> interfaces;  ///< their names
    std::vector<ReadFrame> frames;

    explicit ReadCapture(const std::filesystem::path& path) { readBlocks(bytesOf(readFile(path))); }

  private:
    void readBlocks(const Bytes& bytes) {
        std::size_t at = 0;
        for (std::size_t number = 0; at + 12 <= bytes.size(); ++number) {
            const std::uint32_t length = u32At(bytes, at + 4);
            ASSERT_EQ(length % 4, 0U);
            ASSERT_LE(at + length, bytes.size());
            ASSERT_EQ(u32At(bytes, at + length - 4), length);
            readBlock(number, u32At(bytes, at), ByteView(bytes).subspan(at + 8, length - 12));
            at += length;
        }
        EXPECT_EQ(at, bytes.size());
    }
    void readBlock(std::size_t number, std::uint32_t type, ByteView body) {
        constexpr std::uint32_t kSection = 0x0a0d0d0a;
        EXPECT_EQ(type == kSection, number == 0);
        if (type == 1) interfaces.push_back(textOption(body.subspan(8), 2));
        if (type != 6) return;
        ReadFrame frame;
        frame.interface = u32At(body, 0);
        frame.nanoseconds = static_cast<std::uint64_t>(u32At(body, 4)) << 32 | u32At(body, 8);
        const std::uint32_t size = u32At(body, 12);
        EXPECT_EQ(u32At(body, 16), size);
        EXPECT_LT(frame.interface, interfaces.size());
        const ByteView data = body.subspan(20, size);
        frame.bytes.assign(data.begin(), data.end());
        frame.comment = textOption(body.subspan(20 + (size + 3) / 4 * 4), 1);
        frames.push_back(std::move(frame));
    }
    static std::string textOption(ByteView options, int wanted) {
        std::size_t at = 0;
        while (at + 4 <= options.size()) {
            const int code = options[at] | options[at + 1] << 8;
            const std::size_t length = static_cast<std::size_t>(options[at + 2] | options[at + 3] << 8);
            const ByteView value = options.subspan(at + 4, length);
            if (code == wanted) return {value.begin(), value.end()};
            if (code == 0) break;
            at += 4 + (length + 3) / 4 * 4;
        }
        return {};
    }
};

/// A network whose links are captured from its first moment on.
class CaptureBench : public SimBench {
  public:
    void begin() {
        start();
        captures.emplace(folder.path(), *sim, SectionInfo{"a test", "Peerscape"});
        EXPECT_TRUE(captures->begin().has_value());
        hand();
    }
    /// Hands all records that have come since, as a runner would.
    void hand() {
        std::vector<Record> portion;
        for (std::size_t i = log.positionOf(RecordId(handed_)); i < log.kept().size(); ++i)
            portion.push_back(log.kept()[i]);
        handed_ = log.count();
        captures->take(portion);
    }
    void finish() {
        hand();
        const auto written = captures->finish();
        EXPECT_TRUE(written.has_value());
    }
    ReadCapture read(const std::string& file) const { return ReadCapture(folder.path() / file); }

    TemporaryFolder folder;
    std::optional<Captures> captures;

  private:
    std::uint64_t handed_ = 0;
};

}  // namespace peerscape::capture
