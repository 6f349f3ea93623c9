#pragma once

#include <compare>
#include <cstddef>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/base/prefetch.hpp"
#include "protocols/bgp/peer.hpp"

namespace peerscape::bgp {

/// The neighbours of a process by their numbers, which it gives in the order in which it comes to know them:
/// an array, since nearly every step of every UPDATE asks for one. A value. Neighbours stay where they are in
/// memory.
class PeerTable {
    template <bool IsConst>
    class Iterator {
      public:
        using Slots = std::conditional_t<IsConst, const std::vector<std::unique_ptr<Peer>>,
                                         std::vector<std::unique_ptr<Peer>>>;
        using value_type = std::pair<PeerId, std::conditional_t<IsConst, const Peer&, Peer&>>;
        using reference = value_type;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::input_iterator_tag;
        struct Arrow {
            value_type value;
            const value_type* operator->() const { return &value; }
        };

        Iterator() = default;
        Iterator(Slots& slots, std::size_t at) : slots_(&slots), at_(at) { skipGaps(); }
        reference operator*() const { return {PeerId(static_cast<std::uint32_t>(at_)), *(*slots_)[at_]}; }
        Arrow operator->() const { return {**this}; }
        Iterator& operator++() {
            ++at_;
            skipGaps();
            return *this;
        }
        Iterator operator++(int) {
            Iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

      private:
        void skipGaps() {
            while (at_ < slots_->size() && (*slots_)[at_] == nullptr)
                ++at_;
        }

        Slots* slots_ = nullptr;
        std::size_t at_ = 0;
    };

  public:
    using iterator = Iterator<false>;
    using const_iterator = Iterator<true>;

    PeerTable() = default;
    PeerTable(const PeerTable& other) : size_(other.size_) {
        slots_.reserve(other.slots_.size());
        for (const auto& slot : other.slots_)
            slots_.push_back(slot == nullptr ? nullptr : std::make_unique<Peer>(*slot));
    }
    PeerTable(PeerTable&&) noexcept = default;
    PeerTable& operator=(PeerTable other) noexcept {
        std::swap(slots_, other.slots_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~PeerTable() = default;

    /// There must be such a neighbour.
    Peer& at(PeerId id) { return *slots_[id.value()]; }
    const Peer& at(PeerId id) const { return *slots_[id.value()]; }
    /// Asks memory for what at() will read.
    void prefetch(PeerId id) const { prefetchLine(&slots_[id.value()]); }
    /// end(): there is none.
    const_iterator find(PeerId id) const {
        const bool isThere = id.value() < slots_.size() && slots_[id.value()] != nullptr;
        return isThere ? const_iterator(slots_, id.value()) : end();
    }
    /// Its number must be new, and not smaller than those before.
    Peer& add(Peer peer) {
        slots_.resize(peer.id.value());
        ++size_;
        return *slots_.emplace_back(std::make_unique<Peer>(std::move(peer)));
    }
    void erase(PeerId id) {
        slots_[id.value()].reset();
        --size_;
    }

    /// In the order of their numbers.
    iterator begin() { return {slots_, 0}; }
    iterator end() { return {slots_, slots_.size()}; }
    const_iterator begin() const { return {slots_, 0}; }
    const_iterator end() const { return {slots_, slots_.size()}; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

  private:
    std::vector<std::unique_ptr<Peer>> slots_;  ///< by number; null: it is not there any more
    std::size_t size_ = 0;
};

}  // namespace peerscape::bgp
