#include "scenarios/runner/lab_output.hpp"

#include <filesystem>
#include <ostream>

#include <fmt/format.h>

#include "scenarios/format/lab_writer.hpp"

namespace peerscape {

namespace {

std::filesystem::path fileOf(const std::string& target) {
    const std::filesystem::path path(target);
    const auto extension = path.extension();
    return extension == ".yaml" || extension == ".yml" ? path : path / "lab.yaml";
}

}  // namespace

Result<void> writeLabTo(const std::string& target, const LabFile& lab, std::ostream& out) {
    if (target.empty()) {
        out << writeLab(lab) << std::flush;
        return {};
    }
    const std::filesystem::path file = fileOf(target);
    std::error_code code;
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), code);
    if (code)
        return failure(fmt::format("'{}' cannot be made: {}", file.parent_path().string(), code.message()));
    if (auto written = writeLabFile(lab, file.string()); !written) return written;
    out << fmt::format("{}: {} routers, {} links, {} LANs\n", file.string(), lab.routers.size(),
                       lab.links.size(), lab.lans.size());
    return {};
}

}  // namespace peerscape
