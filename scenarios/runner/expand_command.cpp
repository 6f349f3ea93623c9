#include "scenarios/runner/expand_command.hpp"

#include <ostream>
#include <utility>
#include <vector>

#include "scenarios/runner/lab_output.hpp"

namespace peerscape {

namespace {

/// Configurations in files of their own, several perhaps, as one text in the lab file: the files stay behind
/// when it is written elsewhere.
void bringIn(std::vector<ConfigSource>& config) {
    if (config.empty()) return;
    ConfigSource whole;
    for (const ConfigSource& source : config) {
        whole.text += source.text;
        if (!whole.text.empty() && !whole.text.ends_with('\n')) whole.text += '\n';
    }
    config.assign(1, std::move(whole));
}

}  // namespace

ExitCode expandLabFile(const std::filesystem::path& lab, const std::string& target,
                       const WorldOptions& options, std::ostream& out, std::ostream& err) {
    const WorldOutcome loaded = loadWorld(lab, options);
    for (const Diagnostic& d : loaded.diagnostics)
        err << toString(d) << "\n";
    if (!loaded.world) return ExitCode::BadInput;
    LabFile whole = loaded.world->file();
    for (RouterEntry& router : whole.routers)
        bringIn(router.config);
    for (HostEntry& host : whole.hosts)
        bringIn(host.config);
    if (const auto written = writeLabTo(target, whole, out); !written) {
        err << "peerscape: " << toString(written.error()) << "\n";
        return ExitCode::BadInput;
    }
    return ExitCode::Ok;
}

}  // namespace peerscape
