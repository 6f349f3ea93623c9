#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/runner/command_line.hpp"

namespace CLI {
class App;
}

namespace peerscape {

/// `peerscape import KIND FILE [-o LAB]`: what others have drawn, as a lab. A lab is written when the whole
/// file is sound, else nothing.
class ImportCommand {
  public:
    /// Adds the command and its options to the program's.
    explicit ImportCommand(CLI::App& program);
    ImportCommand(const ImportCommand&) = delete;
    ImportCommand& operator=(const ImportCommand&) = delete;

    /// Whether the arguments that were parsed ask for an import.
    bool isWanted() const;
    /// Reads the file (`-`: from `in`) and writes the lab, to `out` where no `-o` names a place.
    ExitCode run(std::istream& in, std::ostream& out, std::ostream& err) const;

  private:
    void addAsRel(CLI::App& import);
    void addGraphml(CLI::App& import);
    ExitCode importAsRel(const std::string& text, std::ostream& out, std::ostream& err) const;
    ExitCode importGraphml(const std::string& text, std::ostream& out, std::ostream& err) const;

    const CLI::App* asRel_ = nullptr;
    const CLI::App* graphml_ = nullptr;
    std::string file_;
    std::string target_;  ///< empty: standard output
    std::optional<std::uint32_t> around_;
    std::optional<std::size_t> hops_;
    std::optional<std::size_t> limit_;
    std::vector<std::string> origins_;
    bool cyclesAreAllowed_ = false;
    std::string interior_ = "rip";
    bool leavesOutExternal_ = false;
};

}  // namespace peerscape
