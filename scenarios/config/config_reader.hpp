#pragma once

#include <string_view>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/routing/router_config.hpp"
#include "scenarios/config/diagnostic.hpp"

namespace peerscape {

struct ConfigOptions {
    bool lenient = false;  ///< a line that is not understood is a warning and is left out
};

/// What a text made of a configuration. When `diagnostics` has an error the configuration is what the other
/// lines say.
struct ConfigOutcome {
    RouterConfig config;
    std::vector<Diagnostic> diagnostics;  ///< in the order of the text, at most
                                          ///< 100 errors and 100 warnings

    bool hasErrors() const;
};

/// Reads a text in the language of FRR's integrated configuration on top of `base`: a whole file, or the
/// lines that an operator types in configuration mode. As FRR does it, a line that its block does not know
/// belongs to the block around, so blocks need no `exit`, and keywords may be abbreviated. Indentation
/// matters in two cases only: what is indented below a line that is wrong or not modelled is passed over with
/// it. Lines that FRR knows and Peerscape does not model are warnings. Reading stops after 100 errors.
///
/// `origin.file` names the text and `origin.line` is the number of its first line (0 counts as 1).
ConfigOutcome readConfig(std::string_view text, const SourcePlace& origin, RouterConfig base,
                         const ConfigOptions& options = {});

}  // namespace peerscape
