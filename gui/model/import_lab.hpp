#pragma once

#include <string>
#include <vector>

#include <QString>

#include "engine/base/result.hpp"
#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/lab_file.hpp"

namespace peerscape::gui {

/// A lab made of a file of another kind, and what had to be left out.
struct ImportedLab {
    LabFile lab;
    std::vector<Diagnostic> notes;
};

/// Reads a drawing (.graphml) or a file of AS relationships (any other name; of more than `kMostAses` ASes
/// only the nearest to the largest). Fails with the first thing that is wrong with the file.
Result<ImportedLab> importLab(const QString& path);
inline constexpr std::size_t kMostAses = 1000;

}  // namespace peerscape::gui
