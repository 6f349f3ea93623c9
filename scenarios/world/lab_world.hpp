#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lab/lab.hpp"
#include "scenarios/format/lab_file.hpp"
#include "scenarios/format/lab_reader.hpp"
#include "scenarios/shell/operator_shell.hpp"

namespace peerscape {

struct WorldOptions {
    std::optional<std::uint64_t> seed;  ///< in place of the lab file's
    bool lenient = false;               ///< unknown configuration lines are warnings
    bool canSeek = false;
    bool bytesOnEveryHop = false;
};

/// A lab that has been read, expanded and switched on: the run and the file it came from.
class LabWorld {
  public:
    LabWorld(LabFile file, const WorldOptions& options, DiagnosticList& problems);

    const LabFile& file() const { return file_; }
    Lab& lab() { return lab_; }
    const Lab& lab() const { return lab_; }
    const Simulation& simulation() const { return lab_.simulation(); }
    const OperatorShell& shell() const { return shell_; }

    std::optional<NodeId> nodeNamed(std::string_view name) const {
        return simulation().topology().nodeNamed(name);
    }
    const std::string& nameOf(NodeId node) const { return simulation().topology().node(node).name; }
    /// The address a probe or flow to this destination goes to: as written, or the node's first loopback or
    /// interface address.
    std::optional<IpAddress> addressOf(const Destination& destination) const;

    /// Carries out one action of a step, now; for a wait, lets time pass.
    Result<void> perform(const LabAction& action, const RunHooks& hooks);
    /// Reads lines into a router's configuration mode. Warnings are appended to `warnings`.
    Result<void> configure(NodeId node, const std::vector<std::string>& lines,
                           std::vector<std::string>& warnings);
    /// One operator's command; those that act are carried out.
    Result<std::string> command(NodeId node, std::string_view line);
    Result<void> setProcess(NodeId node, std::string_view protocol, bool running);
    /// fail / restore of a link, LAN, node or interface by name.
    Result<void> setTarget(std::string_view target, bool up);

  private:
    void switchOn(DiagnosticList& problems);
    void startFlows();

    LabFile file_;
    bool lenient_ = false;
    Lab lab_;
    OperatorShell shell_;
};

/// What loading came to: a world, or the reasons why not.
struct WorldOutcome {
    std::unique_ptr<LabWorld> world;  ///< null when there are errors
    std::vector<Diagnostic> diagnostics;
};

/// LAB is a lab file or a folder that holds lab.yaml.
WorldOutcome loadWorld(const std::filesystem::path& lab, const WorldOptions& options);

}  // namespace peerscape
