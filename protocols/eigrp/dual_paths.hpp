#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include "engine/base/block_pool.hpp"
#include "engine/base/prefetch.hpp"
#include "engine/base/reference_count.hpp"
#include "protocols/eigrp/dual_types.hpp"

namespace peerscape::eigrp::dual {

/// One way to a destination that is not infinite; 24 bytes.
struct Path {
    CompositeDistance distance;  ///< CD: through this neighbour
    CompositeDistance reported;  ///< RD: the neighbour's own; zero for a path of this router
    AttributesId attributes;
    NeighborId source;

    friend bool operator==(const Path&, const Path&) = default;
};

/// The paths of one destination, by source. One pointer wide, and copies share the paths until they change,
/// since a large lab has millions of lists and a checkpoint copies them all.
class PathList {
  public:
    std::span<const Path> all() const;
    const Path* find(NeighborId source) const;
    /// Asks memory for what find() will read, as long as the paths are few.
    void prefetch() const { peerscape::prefetch(block_.get(), block_ ? kFew : 0); }

    /// Puts the path in the place of the one with the same source, or adds it.
    void set(const Path& path);
    void erase(NeighborId source);

  private:
    /// A counter, a size, and behind them so many paths.
    struct alignas(Path) Block : ReferenceCounted<Block> {
        static Block* make(std::uint16_t size);
        static void operator delete(Block* block, std::destroying_delete_t) {
            const std::size_t bytes = bytesOf(block->size);
            block->~Block();
            block_pool::give(block, bytes);
        }
        static std::size_t bytesOf(std::size_t size) { return sizeof(Block) + size * sizeof(Path); }

        Path* paths() { return reinterpret_cast<Path*>(this + 1); }
        const Path* paths() const { return reinterpret_cast<const Path*>(this + 1); }

        std::uint16_t size = 0;
    };

    static constexpr std::size_t kFew = sizeof(Block) + 4 * sizeof(Path);  ///< bytes

    boost::intrusive_ptr<Block> block_;
};

}  // namespace peerscape::eigrp::dual
