#pragma once

#include <filesystem>

#include "engine/base/bytes.hpp"
#include "engine/base/result.hpp"

namespace peerscape::capture {

/// A file that grows. It is open only while something is written, since a lab may have more links than a
/// process may have open files.
class CaptureFile {
  public:
    explicit CaptureFile(std::filesystem::path path) : path_(std::move(path)) {}

    /// Begins the file anew.
    Result<void> create();
    /// Appends, sooner or later. After a failure, which flush() reports, nothing more is written.
    void append(ByteView bytes);
    Result<void> flush();

  private:
    void writeOut();

    std::filesystem::path path_;
    Bytes waiting_;
    bool hasFailed_ = false;
};

}  // namespace peerscape::capture
