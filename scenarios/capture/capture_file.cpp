#include "scenarios/capture/capture_file.hpp"

#include <fstream>

#include <fmt/format.h>

namespace peerscape::capture {

namespace {

constexpr std::size_t kMostWaiting = 16'384;

}  // namespace

Result<void> CaptureFile::create() {
    std::ofstream file(path_, std::ios::binary | std::ios::trunc);
    hasFailed_ = !file;
    return flush();
}

void CaptureFile::append(ByteView bytes) {
    if (hasFailed_) return;
    waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
    if (waiting_.size() >= kMostWaiting) writeOut();
}

Result<void> CaptureFile::flush() {
    if (!hasFailed_ && !waiting_.empty()) writeOut();
    if (hasFailed_) return failure(fmt::format("cannot write {}", path_.string()));
    return {};
}

void CaptureFile::writeOut() {
    std::ofstream file(path_, std::ios::binary | std::ios::app);
    file.write(reinterpret_cast<const char*>(waiting_.data()), static_cast<std::streamsize>(waiting_.size()));
    file.close();
    hasFailed_ = !file;
    waiting_.clear();
}

}  // namespace peerscape::capture
