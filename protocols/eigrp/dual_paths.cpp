#include "protocols/eigrp/dual_paths.hpp"

#include <algorithm>
#include <memory>
#include <new>
#include <type_traits>

namespace peerscape::eigrp::dual {

static_assert(sizeof(Path) == 24, "a large lab has millions of paths");
static_assert(std::is_trivially_destructible_v<Path>, "Block::operator delete destroys no path");

PathList::Block* PathList::Block::make(std::uint16_t size) {
    void* memory = block_pool::take(bytesOf(size));
    auto* block = ::new (memory) Block;
    block->size = size;
    std::uninitialized_default_construct_n(block->paths(), size);
    return block;
}

std::span<const Path> PathList::all() const {
    if (!block_) return {};
    return {const_cast<const Block&>(*block_).paths(), block_->size};
}

const Path* PathList::find(NeighborId source) const {
    for (const Path& path : all()) {
        if (path.source == source) return &path;
    }
    return nullptr;
}

void PathList::set(const Path& path) {
    const auto old = all();
    const auto place = std::lower_bound(old.begin(), old.end(), path.source,
                                        [](const Path& p, NeighborId source) { return p.source < source; });
    const auto index = static_cast<std::size_t>(place - old.begin());
    const bool isThere = place != old.end() && place->source == path.source;
    if (isThere && block_->use_count() == 1) {
        block_->paths()[index] = path;
        return;
    }
    boost::intrusive_ptr<Block> block(
        Block::make(static_cast<std::uint16_t>(old.size() + (isThere ? 0U : 1U))));
    Path* const paths = block->paths();
    std::copy(old.begin(), place, paths);
    paths[index] = path;
    std::copy(place + (isThere ? 1 : 0), old.end(), paths + index + 1);
    block_ = std::move(block);
}

void PathList::erase(NeighborId source) {
    if (find(source) == nullptr) return;
    const auto old = all();
    if (old.size() == 1) {
        block_.reset();
        return;
    }
    boost::intrusive_ptr<Block> block(Block::make(static_cast<std::uint16_t>(old.size() - 1)));
    std::copy_if(old.begin(), old.end(), block->paths(),
                 [&](const Path& path) { return path.source != source; });
    block_ = std::move(block);
}

}  // namespace peerscape::eigrp::dual
