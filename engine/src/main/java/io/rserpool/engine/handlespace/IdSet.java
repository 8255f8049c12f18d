package io.rserpool.engine.handlespace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Element identifiers in unsigned order: the order of table transfers. Adding, removing and
/// finding the next one cost the logarithm of their number.
///
/// A B+-tree: the identifiers are in leaves that are linked from left to right, some 50 to a leaf,
/// so one identifier takes about six bytes and the tree is three levels high at 100,000.
final class IdSet {

  private static final int CAPACITY = 64;
  private static final int CAPACITY_MIN = 4;

  /// Below this a node is merged with a neighbour, if both fit into one.
  private static final int SPARSE = CAPACITY / 4;

  private static final Node[] NO_CHILDREN = {};

  /// An inner node has, for each child, a lower bound of what is in it that is above everything in
  /// the child before; the first bound is never read.
  private static final class Node {
    private int size;
    private int[] keys;
    private Node[] children;
    private @Nullable Node next;

    private Node(int[] keys, Node[] children, int size) {
      this.keys = keys;
      this.children = children;
      this.size = size;
    }

    private boolean isLeaf() {
      return children.length == 0;
    }

    /// The child that has a key if any has it.
    private int childOf(int key) {
      int found = Arrays.binarySearch(keys, 1, size, key);
      return found >= 0 ? found : -found - 2;
    }
  }

  private Node root = new Node(new int[CAPACITY_MIN], NO_CHILDREN, 0);
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// The number of nodes from the root to a leaf.
  int depth() {
    int depth = 1;
    for (Node node = root; !node.isLeaf(); node = node.children[0]) {
      depth++;
    }
    return depth;
  }

  /// Adds an identifier that is not there yet.
  void add(int id) {
    Node right = add(root, toKey(id));
    if (right != null) {
      Node left = root;
      root = new Node(new int[CAPACITY], new Node[CAPACITY], 2);
      root.children[0] = left;
      root.keys[1] = firstKey(right);
      root.children[1] = right;
    }
    size++;
  }

  /// Removes an identifier that is there.
  void remove(int id) {
    remove(root, toKey(id));
    while (!root.isLeaf() && root.size == 1) {
      root = root.children[0];
    }
    size--;
  }

  /// The first identifiers, at most `count`, in order.
  int[] first(int count) {
    Node leaf = root;
    while (!leaf.isLeaf()) {
      leaf = leaf.children[0];
    }
    return list(leaf, 0, count);
  }

  /// The identifiers that are greater than `id`, which need not be there, at most `count`, in
  /// order.
  int[] after(int id, int count) {
    int key = toKey(id);
    Node leaf = root;
    while (!leaf.isLeaf()) {
      leaf = leaf.children[leaf.childOf(key)];
    }
    int found = Arrays.binarySearch(leaf.keys, 0, leaf.size, key);
    return list(leaf, found >= 0 ? found + 1 : -found - 1, count);
  }

  private int[] list(Node firstLeaf, int firstIndex, int count) {
    int[] ids = new int[Math.min(count, size)];
    int length = 0;
    int index = firstIndex;
    for (Node leaf = firstLeaf; leaf != null && length < ids.length; leaf = leaf.next) {
      while (index < leaf.size && length < ids.length) {
        ids[length++] = toId(leaf.keys[index++]);
      }
      index = 0;
    }
    return length == ids.length ? ids : Arrays.copyOf(ids, length);
  }

  /// Adds a key below a node; if the node had to be split, returns its new right neighbour.
  private @Nullable Node add(Node node, int key) {
    if (node.isLeaf()) {
      int at = -Arrays.binarySearch(node.keys, 0, node.size, key) - 1;
      if (at < 0) {
        throw new IllegalStateException("identifier 0x%08x is there already".formatted(toId(key)));
      }
      return insert(node, at, key, node);
    }
    int at = node.childOf(key);
    Node right = add(node.children[at], key);
    return right == null ? null : insert(node, at + 1, firstKey(right), right);
  }

  private static @Nullable Node insert(Node node, int at, int key, Node child) {
    if (node.size == CAPACITY) {
      Node right = split(node);
      if (at > node.size) {
        insertInto(right, at - node.size, key, child);
      } else {
        insertInto(node, at, key, child);
      }
      return right;
    }
    insertInto(node, at, key, child);
    return null;
  }

  private static void insertInto(Node node, int at, int key, Node child) {
    if (node.size == node.keys.length) {
      node.keys = Arrays.copyOf(node.keys, 2 * node.size);
    }
    System.arraycopy(node.keys, at, node.keys, at + 1, node.size - at);
    node.keys[at] = key;
    if (!node.isLeaf()) {
      System.arraycopy(node.children, at, node.children, at + 1, node.size - at);
      node.children[at] = child;
    }
    node.size++;
  }

  private static Node split(Node node) {
    int left = CAPACITY / 2;
    int rightSize = CAPACITY - left;
    Node right = new Node(new int[CAPACITY], NO_CHILDREN, rightSize);
    System.arraycopy(node.keys, left, right.keys, 0, rightSize);
    if (!node.isLeaf()) {
      right.children = new Node[CAPACITY];
      System.arraycopy(node.children, left, right.children, 0, rightSize);
    }
    node.size = left;
    right.next = node.next;
    node.next = right;
    return right;
  }

  private void remove(Node node, int key) {
    if (node.isLeaf()) {
      int at = Arrays.binarySearch(node.keys, 0, node.size, key);
      if (at < 0) {
        throw new IllegalStateException("identifier 0x%08x is not there".formatted(toId(key)));
      }
      removeFrom(node, at);
      return;
    }
    int at = node.childOf(key);
    remove(node.children[at], key);
    if (node.children[at].size < SPARSE) {
      if (at + 1 < node.size && fit(node, at)) {
        merge(node, at);
      } else if (at > 0 && fit(node, at - 1)) {
        merge(node, at - 1);
      }
    }
  }

  private static boolean fit(Node parent, int at) {
    return parent.children[at].size + parent.children[at + 1].size <= CAPACITY;
  }

  /// Moves all of a child's right neighbour into the child.
  private static void merge(Node parent, int at) {
    Node left = parent.children[at];
    Node right = parent.children[at + 1];
    int size = left.size + right.size;
    if (size > left.keys.length) {
      left.keys = Arrays.copyOf(left.keys, CAPACITY);
    }
    // The first bound of an inner node was never read; now it is, and the parent knows it.
    right.keys[0] = left.isLeaf() && right.size > 0 ? right.keys[0] : parent.keys[at + 1];
    System.arraycopy(right.keys, 0, left.keys, left.size, right.size);
    if (!left.isLeaf()) {
      System.arraycopy(right.children, 0, left.children, left.size, right.size);
    }
    left.size = size;
    left.next = right.next;
    removeFrom(parent, at + 1);
  }

  private static void removeFrom(Node node, int at) {
    node.size--;
    System.arraycopy(node.keys, at + 1, node.keys, at, node.size - at);
    if (!node.isLeaf()) {
      System.arraycopy(node.children, at + 1, node.children, at, node.size - at);
      // The slot out of use must not hold what is gone.
      node.children[node.size] = node.children[0];
    }
  }

  private static int firstKey(Node node) {
    return node.keys[0];
  }

  /// Signed numbers in the order of the unsigned identifiers.
  private static int toKey(int id) {
    return id ^ Integer.MIN_VALUE;
  }

  private static int toId(int key) {
    return key ^ Integer.MIN_VALUE;
  }
}
