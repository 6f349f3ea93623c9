<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>BundleItem</name>
    <message numerus="yes">
        <source>%n links: %1 – %2</source>
        <translation>
            <numerusform>%n link: %1 – %2</numerusform>
            <numerusform>%n links: %1 – %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is customer of %2 (%n links)</source>
        <translation>
            <numerusform>%1 is customer of %2 (%n link)</numerusform>
            <numerusform>%1 is customer of %2 (%n links)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>peers (%n links)</source>
        <translation>
            <numerusform>peers (%n link)</numerusform>
            <numerusform>peers (%n links)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>siblings (%n links)</source>
        <translation>
            <numerusform>siblings (%n link)</numerusform>
            <numerusform>siblings (%n links)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupItem</name>
    <message numerus="yes">
        <source>%n nodes in it; a double click opens it</source>
        <translation>
            <numerusform>%n node in it; a double click opens it</numerusform>
            <numerusform>%n nodes in it; a double click opens it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinkTool</name>
    <message numerus="yes">
        <source>Link %n nodes</source>
        <translation>
            <numerusform>Link %n node</numerusform>
            <numerusform>Link %n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlaceTool</name>
    <message numerus="yes">
        <source>Add %n nodes</source>
        <translation>
            <numerusform>Add %n node</numerusform>
            <numerusform>Add %n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>peerscape::gui::DifferencesPanel</name>
    <message numerus="yes">
        <source>%n different rows</source>
        <translation>
            <numerusform>%n different row</numerusform>
            <numerusform>%n different rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>peerscape::gui::EventList</name>
    <message numerus="yes">
        <source>%n events</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the last %n events</source>
        <translation>
            <numerusform>the last event</numerusform>
            <numerusform>the last %n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>peerscape::gui::ExpectationsPanel</name>
    <message numerus="yes">
        <source>▲ %n alarm(s)</source>
        <translation>
            <numerusform>▲ %n alarm</numerusform>
            <numerusform>▲ %n alarms</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>peerscape::gui::Inspector</name>
    <message numerus="yes">
        <source>%n nodes</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n links</source>
        <translation>
            <numerusform>%n link</numerusform>
            <numerusform>%n links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups</source>
        <translation>
            <numerusform>%n group</numerusform>
            <numerusform>%n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n notes</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>peerscape::gui::LabScene</name>
    <message numerus="yes">
        <source>Move %n nodes</source>
        <translation>
            <numerusform>Move %n node</numerusform>
            <numerusform>Move %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n notes</source>
        <translation>
            <numerusform>Move %n note</numerusform>
            <numerusform>Move %n notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>peerscape::gui::LinkDialog</name>
    <message numerus="yes">
        <source>Properties of %n links from now on</source>
        <translation>
            <numerusform>Properties of %n link from now on</numerusform>
            <numerusform>Properties of %n links from now on</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>peerscape::gui::MainWindow</name>
    <message numerus="yes">
        <source>Paste %n nodes</source>
        <translation>
            <numerusform>Paste %n node</numerusform>
            <numerusform>Paste %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Group %n nodes</source>
        <translation>
            <numerusform>Group %n node</numerusform>
            <numerusform>Group %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Imported, with %n notes: see `peerscape import`.</source>
        <translation>
            <numerusform>Imported, with %n note: see `peerscape import`.</numerusform>
            <numerusform>Imported, with %n notes: see `peerscape import`.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frames are written: %1</source>
        <translation>
            <numerusform>%n frame is written: %1</numerusform>
            <numerusform>%n frames are written: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paste %n notes</source>
        <translation>
            <numerusform>Paste %n note</numerusform>
            <numerusform>Paste %n notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>peerscape::gui::MatrixPanel</name>
    <message numerus="yes">
        <source>%n more nodes are not shown</source>
        <translation>
            <numerusform>%n more node is not shown</numerusform>
            <numerusform>%n more nodes are not shown</numerusform>
        </translation>
    </message>
</context>
</TS>
