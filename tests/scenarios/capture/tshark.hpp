#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace peerscape::capture {

/// Fields of one frame by their names in Wireshark; a field that occurs several times has its values joined
/// by ';'.
using SharkFrame = std::map<std::string, std::string, std::less<>>;

/// tshark at work on one file; several may be at it at the same time. It validates every checksum that it
/// can.
class TsharkRun {
  public:
    TsharkRun(const std::filesystem::path& file, std::vector<std::string> fields)
        : fields_(std::move(fields)) {
        std::string command = "tshark -n -r '" + file.string() +
                              "' -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE"
                              " -o tcp.check_checksum:TRUE -T fields -E 'aggregator=;'";
        for (const std::string& field : fields_)
            command += " -e " + field;
        pipe_ = popen((command + " 2>&1").c_str(), "r");
    }
    ~TsharkRun() { close(); }
    TsharkRun(TsharkRun&& other) noexcept : fields_(std::move(other.fields_)), pipe_(other.pipe_) {
        other.pipe_ = nullptr;
    }
    TsharkRun& operator=(TsharkRun&&) = delete;

    std::vector<SharkFrame> frames() {
        std::string text;
        char part[4096];
        for (std::size_t n = 0; pipe_ != nullptr && (n = fread(part, 1, sizeof part, pipe_)) > 0;)
            text.append(part, n);
        EXPECT_EQ(close(), 0) << "tshark (Debian's package tshark) did not do its work: " << text;
        std::vector<SharkFrame> frames;
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = text.find('\n', begin);
            const std::string line = text.substr(begin, end - begin);
            begin = end == std::string::npos ? text.size() : end + 1;
            // Under root it first says that this is dangerous.
            if (!line.starts_with("Running as user")) frames.push_back(readFrame(line));
        }
        return frames;
    }

  private:
    int close() {
        if (pipe_ == nullptr) return -1;
        const int status = pclose(pipe_);
        pipe_ = nullptr;
        return status;
    }
    SharkFrame readFrame(std::string_view line) const {
        SharkFrame frame;
        std::size_t begin = 0;
        for (const std::string& field : fields_) {
            const std::size_t end = std::min(line.find('\t', begin), line.size());
            frame[field] = std::string(line.substr(std::min(begin, line.size()), end - begin));
            begin = end + 1;
        }
        return frame;
    }

    std::vector<std::string> fields_;
    std::FILE* pipe_ = nullptr;
};

/// What every frame is asked for.
inline std::vector<std::string> verdictFields() {
    return {"frame.number",         "frame.protocols",        "_ws.malformed",        "_ws.expert.severity",
            "_ws.expert.message",   "ip.checksum.status",     "udp.checksum.status",  "tcp.checksum.status",
            "icmp.checksum.status", "icmpv6.checksum.status", "frame.interface_name", "frame.comment"};
}

/// What tshark warns of although the bytes are right: what the network did.
inline bool isAboutTheNetwork(std::string_view message) {
    return message.find("Connection reset (RST)") != std::string_view::npos ||
           message.find("No response seen to ICMP") != std::string_view::npos ||
           // What a link lost is repeated in pieces of other sizes, which tshark does not put together.
           message.find("ACKed segment that wasn't captured") != std::string_view::npos;
}

/// No checksum is bad, and those of the packet itself were checked; of packets quoted in ICMP errors, which
/// are cut off, tshark may not know.
inline void expectRightChecksums(const SharkFrame& frame, const std::string& where) {
    const std::string layers = frame.at("frame.protocols") + ":";
    std::size_t first = layers.size();
    std::string outermost;
    for (const char* name : {"udp", "tcp", "icmp", "icmpv6"}) {
        const std::string& status = frame.at(fmt::format("{}.checksum.status", name));
        EXPECT_EQ(status.find('0'), std::string::npos) << where << ": " << name << " " << status;
        const std::size_t at = layers.find(fmt::format(":{}:", name));
        if (at >= first) continue;
        first = at;
        outermost = status;
    }
    if (first < layers.size()) {
        EXPECT_TRUE(outermost.starts_with('1')) << where << " " << layers << outermost;
    }
    const std::string& ip = frame.at("ip.checksum.status");
    EXPECT_EQ(ip.find_first_not_of("1;"), std::string::npos) << where << ": ip " << ip;
}

/// tshark found nothing wrong with the frame: not malformed, no warning, no error, no checksum that is bad or
/// that it could not check.
inline void expectFine(const SharkFrame& frame, const std::string& place) {
    constexpr long kWarning = 0x600000;
    const std::string where = place + " frame " + frame.at("frame.number");
    const std::string& message = frame.at("_ws.expert.message");
    EXPECT_EQ(frame.at("_ws.malformed"), "") << where;
    const std::string severities = frame.at("_ws.expert.severity");
    const char* at = severities.c_str();
    while (*at != '\0' && !isAboutTheNetwork(message)) {
        char* end = nullptr;
        EXPECT_LT(std::strtol(at, &end, 10), kWarning) << where << ": " << message;
        at = *end == ';' ? end + 1 : end;
    }
    expectRightChecksums(frame, where);
}

}  // namespace peerscape::capture
