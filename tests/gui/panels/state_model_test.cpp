#include "gui/panels/state_model.hpp"

#include <gtest/gtest.h>

namespace peerscape::gui {
namespace {

std::vector<StateRow> rowsOf(const std::vector<QStringList>& texts) {
    std::vector<StateRow> rows;
    for (const QStringList& line : texts) {
        StateRow row;
        row.key = line.front();
        for (const QString& text : line)
            row.cells.push_back({text});
        rows.push_back(std::move(row));
    }
    return rows;
}

class StateModelTest : public testing::Test {
  protected:
    /// "x" for every changed cell, "." for the others, row after row.
    std::string marks() const {
        std::string text;
        for (int row = 0; row < model_.rowCount(); ++row) {
            for (int column = 0; column < model_.columnCount(); ++column)
                text += model_.index(row, column).data(StateModel::ChangedRole).toBool() ? 'x' : '.';
            text += ' ';
        }
        return text;
    }
    QString tip(int row, int column) const {
        return model_.index(row, column).data(Qt::ToolTipRole).toString();
    }

    StateModel model_{{"prefix", "metric", "age"}, {2}};
};

TEST_F(StateModelTest, TheFirstInstantHasNoMarks) {
    model_.show(rowsOf({{"a", "1", "10 s"}, {"b", "2", "10 s"}}));
    EXPECT_EQ(marks(), "... ... ");
}

TEST_F(StateModelTest, ACellThatDiffersFromTheInstantBeforeIsMarkedAndSaysWhatStoodThere) {
    model_.show(rowsOf({{"a", "1", "10 s"}, {"b", "2", "10 s"}}));
    model_.show(rowsOf({{"a", "1", "11 s"}, {"b", "3", "11 s"}}));
    EXPECT_EQ(marks(), "... .x. ");
    EXPECT_TRUE(tip(1, 1).contains("before: 2")) << tip(1, 1).toStdString();
    EXPECT_EQ(tip(0, 1), "1");
}

TEST_F(StateModelTest, MarksStayWhileOnlyAgesChange) {
    model_.show(rowsOf({{"a", "1", "10 s"}}));
    model_.show(rowsOf({{"a", "2", "11 s"}}));
    model_.show(rowsOf({{"a", "2", "12 s"}}));
    model_.show(rowsOf({{"a", "2", "13 s"}}));
    EXPECT_EQ(marks(), ".x. ");
    EXPECT_EQ(model_.index(0, 2).data().toString(), "13 s");
}

TEST_F(StateModelTest, ARowThatWasNotThereIsMarkedWhole) {
    model_.show(rowsOf({{"a", "1", "10 s"}}));
    model_.show(rowsOf({{"a0", "1", "1 s"}, {"a", "1", "11 s"}}));
    EXPECT_EQ(marks(), "xx. ... ");
    EXPECT_TRUE(tip(0, 0).contains("new"));
}

TEST_F(StateModelTest, GoingBackMarksTheSameCells) {
    model_.show(rowsOf({{"a", "1", ""}, {"b", "1", ""}}));
    model_.show(rowsOf({{"a", "2", ""}, {"b", "1", ""}}));
    model_.show(rowsOf({{"a", "1", ""}, {"b", "1", ""}}));
    EXPECT_EQ(marks(), ".x. ... ");
}

TEST_F(StateModelTest, AnotherRouterBeginsWithoutMarks) {
    model_.show(rowsOf({{"a", "1", ""}}));
    model_.show(rowsOf({{"a", "2", ""}}));
    model_.forget();
    EXPECT_EQ(model_.rowCount(), 0);
    model_.show(rowsOf({{"z", "9", ""}}));
    EXPECT_EQ(marks(), "... ");
}

}  // namespace
}  // namespace peerscape::gui
