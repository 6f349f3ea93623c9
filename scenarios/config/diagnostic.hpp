#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/result.hpp"

namespace peerscape {

enum class Severity : std::uint8_t { Error, Warning };

/// What is wrong with a text the user wrote, and where.
struct Diagnostic {
    SourcePlace place;
    Severity severity = Severity::Error;
    std::string message;

    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// "file:line:column: message"; a warning says so before its message.
std::string toString(const Diagnostic& diagnostic);

/// Gathers what is wrong, so that one reading reports everything. Keeps the first kMost of each severity.
class DiagnosticList {
  public:
    static constexpr std::size_t kMost = 100;

    void error(SourcePlace place, std::string message);
    void warning(SourcePlace place, std::string message);

    bool hasErrors() const { return errors_ > 0; }
    /// In the order of the file; where some were dropped, a last one says how many.
    std::vector<Diagnostic> take();

  private:
    void add(Severity severity, std::size_t& count, SourcePlace place, std::string message);

    std::vector<Diagnostic> kept_;
    std::size_t errors_ = 0;
    std::size_t warnings_ = 0;
};

}  // namespace peerscape
