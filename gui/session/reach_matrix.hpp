#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace peerscape::gui {

/// Who reaches whom at one instant.
struct ReachMatrix {
    enum class Verdict : std::uint8_t {
        Itself,
        Reached,  ///< whichever of several ways a packet takes
        Partly,   ///< some of several ways lead astray
        Lost,
        Loops,
        NoAddress,  ///< the destination has none that works
    };
    struct Cell {
        Verdict verdict = Verdict::Lost;
        std::vector<std::string> path;   ///< nodes, the sender first, as far as the packet gets
        std::vector<std::string> links;  ///< between them, one fewer
    };
    /// So many nodes are looked at, the first ones; the matrix of more could not be read.
    static constexpr std::size_t kMostNodes = 120;

    std::vector<std::string> nodes;
    std::vector<std::string> addresses;  ///< the one of each node that is tried; empty: it has none
    std::vector<Cell> cells;             ///< a row for each sender
    std::size_t furtherNodes = 0;        ///< that are not looked at

    const Cell& at(std::size_t from, std::size_t to) const { return cells[from * nodes.size() + to]; }
};

using ReachMatrixPtr = std::shared_ptr<const ReachMatrix>;

}  // namespace peerscape::gui
