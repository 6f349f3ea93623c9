#include "protocols/bgp/import_memo.hpp"

#include <utility>

namespace peerscape::bgp {

ImportMemo& ImportMemo::ofThread() {
    static thread_local ImportMemo memo;
    return memo;
}

const ImportMemo::Answer* ImportMemo::find(const SharedPolicy* policy, const std::string& routeMap,
                                           const SharedAttributes& received) const {
    for (std::size_t i = 0; i < kKept; ++i) {
        if (received_[i] != &*received) continue;
        const Question& question = questions_[i];
        if (question.policy.get() == policy && question.routeMap == routeMap) return &answers_[i];
    }
    return nullptr;
}

void ImportMemo::keep(std::shared_ptr<const SharedPolicy> policy, const std::string& routeMap,
                      const SharedAttributes& received, Answer answer) {
    received_[oldest_] = &*received;
    questions_[oldest_] = {std::move(policy), routeMap, received};
    answers_[oldest_] = std::move(answer);
    oldest_ = (oldest_ + 1) % kKept;
}

}  // namespace peerscape::bgp
